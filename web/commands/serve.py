"""A running forum with one command: pages and worker, and the demo forum on the first start."""

import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from matchmaking.errors import IeumError
from models.schema import upgrade
from web import first_start
from web.commands.output import progress, say
from web.config import settings
from web.database import engine
from web.processes import Ended, Processes, answers, require_free_port
from web.server import WebServer

PAUSE = 0.2


class Stopped(Exception):
    """Somebody asked the forum to stop."""


@click.command("serve")
@click.option("--demo/--no-demo", default=True, help="Seed the demo forum into an empty database.")
@with_appcontext
def serve_command(*, demo: bool) -> None:
    """Run the forum: pages and worker, until Ctrl-C.

    The first start seeds a demo forum, encodes and pairs it; later starts leave the data alone.

    Example: flask --app app serve
    """
    chosen = settings()
    processes = Processes()
    _stop_on_signals()
    try:
        require_free_port(chosen.host, chosen.port)
        upgrade(engine())
        _start(processes)
        _run(processes, demo=demo)
    except IeumError as error:
        say(f"Error: {error}")
        sys.exit(1)
    except Stopped:
        say("Ieum stops.")
    finally:
        processes.stop()


def _start(processes: Processes) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # Flask's proxy
    host = f"[{settings().host}]" if ":" in settings().host else settings().host
    server = WebServer(app, f"{host}:{settings().port}")
    # The server runs in a copy of this process, which may share no connection with it.
    engine().dispose()
    processes.run_here("web server", server.run)
    folder = Path(app.root_path).parent
    processes.run_module("worker", ["flask", "--app", "app", "worker", "--quiet"], folder)


def _run(processes: Processes, *, demo: bool) -> None:
    if demo and first_start.is_empty():
        # At once: the passwords are kept nowhere else.
        say(first_start.account_line(first_start.seed()))
    _wait_for_pages(processes)
    host = first_start.shown_host()
    say(f"Ieum answers on http://{host}:{settings().port}/ (Ctrl-C stops it).")
    if demo and first_start.waits():
        _pair(processes)
    while True:
        _watch(processes)


def _wait_for_pages(processes: Processes) -> None:
    while not answers(first_start.shown_host(), settings().port):
        _watch(processes)


def _pair(processes: Processes) -> None:
    """Follow the worker through the demo forum, with a bar on a terminal."""
    say(
        "The demo forum is being read and paired; that takes a minute or two, pages answer already."
    )
    pairing = first_start.Pairing(say)
    with progress("Reading the demo forum") as report:
        while (reading := pairing.step()) is not None:
            report(reading.done, reading.of)
            _watch(processes)


def _watch(processes: Processes) -> None:
    """Wait a moment; a process that ended by itself takes the other one down."""
    ended = processes.ended()
    if ended is not None:
        _give_up(processes, ended)
    time.sleep(PAUSE)


def _give_up(processes: Processes, ended: Ended) -> NoReturn:
    say(
        f"Error: the {ended.name} ended by itself (exit code {ended.exit_code}); the lines above "
        "say why. Ieum stops."
    )
    processes.stop()
    sys.exit(1)


def _stop_on_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        # Once is enough: a second Ctrl-C must not break into the orderly end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
