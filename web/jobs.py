"""Long work, handed to the worker. The tables say what is to be done; a message only wakes it.

So nothing is lost when a message is, or when the worker is killed: it looks at its start and once
a minute. The kinds of work are ``LANES`` here and ``hands`` in web/worker_hands.py; each has a
queue of its own, so that one does not wait for another. See docs/jobs.md.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey
from huey.exceptions import ResultTimeout, TaskException
from huey.serializer import SignedSerializer

from web.config import Settings

LANES = (
    "encoding",
    "mail",
    "mailings",
    "bounces",
    "rounds",
    "meetings",
    "teams",
    "proposals",
    "matcher",
    "retention",
    "registrants",
    "prints",
)
QUESTION_SECONDS = 1.0
_POLL_SECONDS = 0.02
_REDIS = ("redis://", "rediss://")
_POSTGRESQL = ("postgresql://", "postgres://")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TextVectors:
    """A text as the encoders see it: (encoder's name, little-endian float32 of unit length)."""

    vectors: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Hands:
    """What the worker does: all of one lane's waiting work, and the answer to a question."""

    lanes: Mapping[str, Callable[[], None]]
    answer: Callable[[str], TextVectors]


class Queues:
    """The queues of an application. ``hands`` is set in the worker only."""

    def __init__(self, make: Callable[[str], Huey]) -> None:
        self.hands: Hands | None = None
        self.lanes = {name: make(name) for name in LANES}
        self.questions = make("questions")
        self._wakes = {name: self._wake_task(name) for name in LANES}
        self._question = self.questions.task(name="question")(self._answer)

    def wake(self, lane: str) -> None:
        """Tell the worker that there is something to do in a lane."""
        self._wakes[lane]()

    def ask(self, text: str) -> TextVectors | None:
        """Have a text encoded by the worker; None when the answer does not come in time."""
        deadline = time.time() + QUESTION_SECONDS
        try:
            asked = self._question(text, deadline)
            found: TextVectors | None = asked.get(
                blocking=True, timeout=QUESTION_SECONDS, backoff=1.0, max_delay=_POLL_SECONDS
            )
        except (ResultTimeout, TaskException):
            return None
        return found

    def _wake_task(self, lane: str) -> Callable[[], Any]:
        def work() -> None:
            if self.hands is not None:
                self.hands.lanes[lane]()

        task: Callable[[], Any] = self.lanes[lane].task(name=f"work_{lane}")(work)
        return task

    def _answer(self, text: str, deadline: float) -> TextVectors | None:
        # What nobody waits for any more is neither computed nor kept.
        if self.hands is None or time.time() > deadline:
            return None
        answer = self.hands.answer(text)
        return answer if time.time() <= deadline else None


def wake_encoding() -> None:
    """Tell the worker that texts changed. Call it after the commit."""
    _wake("encoding")


def wake_mail() -> None:
    """Tell the worker that mails wait. Call it after the commit."""
    _wake("mail")


def wake_mailings() -> None:
    """Tell the worker that a mailing is to go out. Call it after the commit."""
    _wake("mailings")


def wake_rounds() -> None:
    """Tell the worker that a round is queued. Call it after the commit."""
    _wake("rounds")


def wake_prints() -> None:
    """Tell the worker that a schedule is to be printed. Call it after the commit."""
    _wake("prints")


def wake_proposals() -> None:
    """Tell the worker that whole teams are to be formed. Call it after the commit."""
    _wake("proposals")


def wake_matcher() -> None:
    """Tell the worker that an organiser asked something of the matcher. After the commit."""
    _wake("matcher")


def wake_registrants() -> None:
    """Tell the worker that a place is free, people are to be invited, or a file waits."""
    _wake("registrants")


def queues() -> Queues:
    """Give the queues of the application at work, made at their first use."""
    found: Queues | None = current_app.extensions.get("queues")
    if found is None:
        settings: Settings = current_app.extensions["settings"]
        secret = current_app.config["SECRET_KEY"]
        found = Queues(lambda name: _huey(name, settings, secret))
        current_app.extensions["queues"] = found
    return found


def _wake(lane: str) -> None:
    try:
        queues().wake(lane)
    except Exception:  # whatever the store raises: the act itself is done and must not fail by it
        _log.exception("no message to lane %s; the worker will see to it within a minute", lane)


def _huey(name: str, settings: Settings, secret: str) -> Huey:
    """Make one queue. Messages are pickled, hence signed: a store may be shared."""
    serializer = SignedSerializer(secret=secret, salt=name)
    store = settings.job_store
    if settings.testing:
        return MemoryHuey(name, serializer=serializer)
    if store.startswith(_REDIS):
        return RedisHuey(name, url=store, serializer=serializer)
    if store.startswith(_POSTGRESQL):
        return PostgresHuey(name, dsn=store, serializer=serializer)
    path = settings.instance_dir / "jobs.sqlite"
    return SqliteHuey(name, filename=str(path), serializer=serializer)


def init_app(app: Flask) -> None:
    """Refuse a store of jobs that is not known, before anything relies on it.

    Raises
    ------
    SystemExit
        When ``JOB_STORE`` names a kind of store that is not known.
    """
    store = app.extensions["settings"].job_store
    if store and not store.startswith((*_REDIS, *_POSTGRESQL)):
        raise SystemExit(f"JOB_STORE is {store!r}; it takes redis://…, postgresql://… or nothing.")
