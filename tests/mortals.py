"""Work in processes that are killed at a chosen step, begun again, and compared with the whole."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.conftest import NOW

ROOT = Path(__file__).parent.parent
# By then a round, a mail and a claim of the dead one are known to be nobody's.
AFTERWARDS = NOW + timedelta(minutes=11)
_BREATH = 0.03


@dataclass
class Mortals:
    """Begins processes through one that has everything imported (tests/mortal_process.py)."""

    process: "subprocess.Popen[str]"

    def ask(self, **order: Any) -> Any:
        """Give an order; returns the answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@dataclass
class Life:
    """A place to work in: an instance folder, a database, perhaps a mail server."""

    mortals: Mortals
    folder: Path
    mail_port: int | None = None
    steps: int = field(default=0, init=False)

    @property
    def database(self) -> str:
        """Give the address of the database."""
        return f"sqlite:///{self.folder / 'ieum.sqlite'}"

    def live(
        self,
        *command: str,
        done: Callable[[], bool] = lambda: False,
        last: int | None = None,
        now: datetime = NOW,
    ) -> int:
        """Let a command run to its end, or without one a worker until the work is done.

        Returns
        -------
        int
            The exit code; -9 for one that died at the step ``last``.
        """
        counted = self.folder / "steps"
        number = self.mortals.ask(
            do="begin",
            folder=str(self.folder),
            database=self.database,
            mail_port=self.mail_port,
            command=command,
            last=last,
            now=now.isoformat(),
            steps=str(counted),
        )
        code = self._end(number, done, patiently=bool(command))
        self.steps = int(counted.read_text() or 0)
        return code

    def _end(self, number: int, done: Callable[[], bool], *, patiently: bool) -> int:
        if patiently:
            return int(self.mortals.ask(do="wait", number=number))
        breath = threading.Event()
        while (code := self.mortals.ask(do="look", number=number)) is None:
            if done():
                os.kill(number, signal.SIGTERM)
                return int(self.mortals.ask(do="wait", number=number))
            breath.wait(_BREATH)
        return int(code)


@contextmanager
def mortals() -> Iterator[Mortals]:
    """Start the process that all others are copies of."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.mortal_process"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield Mortals(process)
    process.communicate(timeout=30)
