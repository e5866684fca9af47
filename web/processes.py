"""The processes of a running forum: one that answers pages, one that does long work."""

import ctypes
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from services.errors import ServiceError

STOP_SECONDS = 15
_PR_SET_PDEATHSIG = 1


class PortInUse(ServiceError):
    """Something else listens at the port, so nobody would reach this forum there."""

    code = "port-in-use"


@dataclass(frozen=True)
class Ended:
    """A process that is over: what it was, and its exit code (negative: the signal)."""

    name: str
    exit_code: int


class _Child(Protocol):
    def code(self) -> int | None: ...
    def terminate(self) -> None: ...
    def end(self) -> None: ...


class Processes:
    """Processes that live and end together."""

    def __init__(self) -> None:
        self._running: dict[str, _Child] = {}

    def run_module(self, name: str, arguments: Sequence[str], folder: Path) -> None:
        """Start a Python module with arguments, in a folder."""
        self._running[name] = _Module(arguments, folder)

    def run_here(self, name: str, work: Callable[[], None]) -> None:
        """Start a copy of this process that does some work: what is imported need not be again.

        Call it before this process has threads or open connections; copies of them would break.
        """
        self._running[name] = _Copy(work)

    def ended(self) -> Ended | None:
        """Tell whether one ended by itself."""
        for name, child in self._running.items():
            code = child.code()
            if code is not None:
                return Ended(name, code)
        return None

    def stop(self) -> None:
        """Ask all to stop, wait for them, and end whoever does not listen."""
        for child in self._running.values():
            child.terminate()
        for child in self._running.values():
            child.end()


class _Module:
    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *arguments], cwd=folder, preexec_fn=_stand_apart
        )

    def code(self) -> int | None:
        return self._process.poll()

    def terminate(self) -> None:
        self._process.terminate()

    def end(self) -> None:
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Copy:
    def __init__(self, work: Callable[[], None]) -> None:
        def act() -> None:
            _stand_apart()
            work()

        self._process = multiprocessing.get_context("fork").Process(target=act)
        self._process.start()

    def code(self) -> int | None:
        return self._process.exitcode

    def terminate(self) -> None:
        self._process.terminate()

    def end(self) -> None:
        self._process.join(STOP_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def require_free_port(host: str, port: int) -> None:
    """Find out whether a port can be listened at, before anything else is done.

    Raises
    ------
    PortInUse
        Naming the port and how to choose another.
    """
    try:
        family, kind, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # As the server does: a port that was left a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortInUse(
            f"{host}:{port} cannot be listened at ({error.strerror}): stop what runs there, "
            f"or choose another port, as in: make run PORT={port + 1}"
        ) from None


def answers(host: str, port: int) -> bool:
    """Tell whether somebody listens at a port."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def _stand_apart() -> None:
    """Prepare a new process: Ctrl-C is for its parent, and it does not outlive that one."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        # Should the parent be killed without a word, Linux ends this one, too.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
