"""What the worker says of itself: that it is there, and how far its long work is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from models import Job, WorkerHeartbeat

BEAT_EVERY = timedelta(seconds=3)
# Two beats may be late on a busy machine before nobody waits for the worker any more.
SILENT_AFTER = timedelta(seconds=10)
_ONE_ROW = 1


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a kind of long work is: ``state`` is "idle", "running" or "failed"."""

    state: str = "idle"
    done: int = 0
    of: int = 0
    problem: str = ""


def beat(session: Session, now: datetime) -> None:
    """Write down that the worker is there."""
    row = session.get(WorkerHeartbeat, _ONE_ROW)
    if row is None:
        _add(session, WorkerHeartbeat(id=_ONE_ROW, seen_at=now))
        return
    row.seen_at = now
    session.flush()


def worker_is_there(session: Session, now: datetime) -> bool:
    """Tell whether a worker was heard of lately, so that waiting for its answer makes sense."""
    row = session.get(WorkerHeartbeat, _ONE_ROW)
    return row is not None and abs(now - row.seen_at) <= SILENT_AFTER


def report(session: Session, name: str, state: JobState, now: datetime) -> None:
    """Write down how far a kind of work is."""
    row = session.get(Job, name)
    if row is None:
        _add(session, Job(name=name, updated_at=now))
        row = session.get_one(Job, name)
    row.state, row.done, row.of = state.state, state.done, state.of
    row.problem, row.updated_at = state.problem[:300], now
    session.flush()


def job_state(session: Session, name: str) -> JobState:
    """Read how far a kind of work is; idle when it never ran."""
    row = session.get(Job, name)
    return JobState(row.state, row.done, row.of, row.problem) if row else JobState()


def _add(session: Session, row: SQLModel) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # A second worker wrote it at the same moment; one row is what is wanted.
        return
