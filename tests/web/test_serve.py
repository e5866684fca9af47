"""One command gives a running forum."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from web.config import Settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@pytest.fixture
def started(tmp_path: Path, port: int) -> Iterator[list["subprocess.Popen[str]"]]:
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        process.kill()
        process.communicate(timeout=30)


def _serve(
    folder: Path, port: int, started: list["subprocess.Popen[str]"], *arguments: str
) -> "subprocess.Popen[str]":
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", "--app", "app", "serve", *arguments],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_DIR": str(folder), "PORT": str(port), "DATABASE_URL": ""},
        stderr=subprocess.PIPE,
        text=True,
    )
    started.append(process)
    return process


def _line(process: "subprocess.Popen[str]", begins: str) -> str:
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        if begins in line:
            return line
    raise AssertionError("".join(seen))


def _health(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as answer:
        found: str = json.load(answer)["status"]
        return found


def test_pages_answer_and_a_signal_stops_everything(
    tmp_path: Path, port: int, started: list["subprocess.Popen[str]"]
) -> None:
    process = _serve(tmp_path, port, started, "--no-demo")
    _line(process, f"http://127.0.0.1:{port}/")
    assert _health(port) == "ok"
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_port_in_use_is_told_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test's own process keeps its signals.
    monkeypatch.setattr("web.commands.serve._stop_on_signals", lambda: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = Settings(instance_dir=tmp_path / "instance", port=port, testing=True)
        result = create_app(settings).test_cli_runner().invoke(args=["serve"])
    assert result.exit_code == 1
    assert f"make run PORT={port + 1}" in result.stderr
    assert not (settings.instance_dir / "ieum.sqlite").exists()


@pytest.mark.slow
@pytest.mark.encoder
def test_the_first_start_seeds_reads_and_pairs_and_the_second_leaves_it_alone(
    tmp_path: Path, port: int, started: list["subprocess.Popen[str]"]
) -> None:
    process = _serve(tmp_path, port, started)
    assert "researcher-eu@demo.example" in _line(process, "Demo accounts")
    _line(process, f"http://127.0.0.1:{port}/")
    assert _health(port) == "ok"
    assert "120 people" in _line(process, "people:")
    assert "pairs" in _line(process, "pairs.")
    assert "can exceed" in _line(process, "Total affinity")
    assert "/organise/demo/rounds/1" in _line(process, "Suggestions:")
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    again = _serve(tmp_path, port, started)
    _line(again, f"http://127.0.0.1:{port}/")
    again.send_signal(signal.SIGTERM)
    assert again.wait(60) == 0
    assert again.stderr is not None
    assert "Demo accounts" not in again.stderr.read()
