"""A process that lets copies of itself work, and die at a step that was told beforehand.

Everything is imported once, in the first process; each copy begins from there, so that starting a
worker fifty times costs little. A step is a statement to the database, a commit, or a piece of a
mail that goes to the server. Reads one JSON object a line; answers one a line.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from smtplib import SMTP
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from app import create_app
from matchmaking.encoder_plan import DEFAULT_PLAN
from services.shared_encoders import SharedEncoders
from tests.word_encoder import WordEncoder
from web import matcher_warming, sheet_pdf  # noqa: F401 - imported here once, not in each copy
from web.config import Settings
from web.worker import run


class Steps:
    """Counts the steps of this process, writes down how many there were, and ends it at one."""

    def __init__(self, file: Path, last: int | None) -> None:
        self._file, self._last = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), last
        self._taken = 0
        self._lock = threading.Lock()

    def take(self, *_told: Any, **_more: Any) -> None:
        """Take a step; perhaps the last."""
        with self._lock:
            self._taken += 1
            os.pwrite(self._file, str(self._taken).encode(), 0)
            if self._taken == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def _watch(steps: Steps) -> None:
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, steps.take)
    send = SMTP.send

    def stepping(self: SMTP, s: Any) -> None:
        steps.take()
        send(self, s)
        steps.take()

    patch.object(SMTP, "send", stepping).start()


def _live(order: dict[str, Any]) -> None:
    """Do what is ordered, as the worker or as a command."""
    _watch(Steps(Path(order["steps"]), order.get("last")))
    app = create_app(
        Settings(
            instance_dir=Path(order["folder"]),
            database_url=order["database"],
            mail_server="127.0.0.1" if order.get("mail_port") else "",
            mail_port=order.get("mail_port") or 25,
        )
    )
    moment = datetime.fromisoformat(order["now"])
    app.extensions["clock"] = lambda: moment
    if order["command"]:
        done = app.test_cli_runner().invoke(args=order["command"])
        os._exit(done.exit_code)
    run(app, SharedEncoders(DEFAULT_PLAN, WordEncoder))
    os._exit(0)


def _begin(order: dict[str, Any]) -> int:
    number = os.fork()
    if not number:
        try:
            _live(order)
        finally:
            os._exit(70)
    return number


def _ended(number: int, *, patiently: bool) -> int | None:
    found, status = os.waitpid(number, 0 if patiently else os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def main() -> None:
    """Serve until the orders end."""
    answers: dict[str, Callable[[dict[str, Any]], int | None]] = {
        "begin": _begin,
        "look": lambda order: _ended(order["number"], patiently=False),
        "wait": lambda order: _ended(order["number"], patiently=True),
    }
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(answers[order["do"]](order)), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
