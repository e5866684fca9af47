"""Processes that live and end together."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from web.processes import Ended, PortInUse, Processes, answers, require_free_port

ROOT = Path(__file__).parent.parent.parent
WAIT = """
import signal
from pathlib import Path
from web.processes import Processes

processes = Processes()
processes.run_here("copy", signal.pause)
print("started", flush=True)
signal.pause()
"""


def _until_one_ended(processes: Processes) -> Ended:
    for _ in range(3000):
        ended = processes.ended()
        if ended is not None:
            return ended
        time.sleep(0.01)
    raise AssertionError("nothing ended")


def _fail() -> None:
    raise SystemExit(7)


def test_a_process_that_ended_by_itself_is_told_with_its_exit_code() -> None:
    processes = Processes()
    processes.run_here("waiting", signal.pause)
    assert processes.ended() is None
    processes.run_here("failing", _fail)
    assert _until_one_ended(processes) == Ended("failing", 7)
    processes.stop()


def test_a_module_runs_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "leaves.py").write_text("raise SystemExit(3)", encoding="ascii")
    processes = Processes()
    processes.run_module("leaves", ["leaves"], tmp_path)
    assert _until_one_ended(processes) == Ended("leaves", 3)
    processes.stop()


def test_all_stop_together(tmp_path: Path) -> None:
    (tmp_path / "waits.py").write_text("import signal; signal.pause()", encoding="ascii")
    processes = Processes()
    processes.run_module("module", ["waits"], tmp_path)
    processes.run_here("copy", signal.pause)
    processes.stop()
    assert _until_one_ended(processes).exit_code == -signal.SIGTERM


def _deaf() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        signal.pause()


def test_whoever_does_not_listen_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.processes.STOP_SECONDS", 0.5)
    processes = Processes()
    processes.run_here("deaf", _deaf)
    processes.stop()
    assert _until_one_ended(processes).exit_code in (-signal.SIGKILL, -signal.SIGTERM)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_parent_that_is_killed_leaves_nobody_behind() -> None:
    parent = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", WAIT],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "started\n"
    parent.kill()
    # The child holds the same pipe: its end is reached when nobody is left.
    out, _ = parent.communicate(timeout=30)
    assert out == ""


def test_a_port_in_use_is_found_before_anything_is_done() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert answers("127.0.0.1", port)
        with pytest.raises(PortInUse, match=f"PORT={port + 1}"):
            require_free_port("127.0.0.1", port)
    require_free_port("127.0.0.1", port)
    assert not answers("127.0.0.1", port)
