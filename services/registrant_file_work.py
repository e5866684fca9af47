"""Who is at a file of registrants, and how far: claimed by one UPDATE, noted in its row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select

from models import RegistrantFile
from models.database import SessionMaker

SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class FileWork:
    """What running a file needs.

    Parameters
    ----------
    readers
        Makes sessions that only read: on SQLite they keep no writer waiting.
    note_progress
        Whether to write down how far it is; a request that waits for the end need not.
    """

    sessions: SessionMaker
    readers: Callable[[], Session]
    clock: Callable[[], datetime]
    note_progress: bool = True


def next_file(work: FileWork) -> int | None:
    """Find the file that waits longest, one that a worker left who died among them."""
    with work.sessions() as session:
        query = select(RegistrantFile.id).where(*_waits(work.clock()))
        found = session.exec(query.order_by(col(RegistrantFile.id))).first()
        session.commit()
    return found


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    silent = or_(
        col(RegistrantFile.alive_at).is_(None), col(RegistrantFile.alive_at) < now - SILENT_AFTER
    )
    return col(RegistrantFile.state).in_(("checking", "taking")), silent


def claim_file(work: FileWork, file_id: int) -> bool:
    """Take a file for this worker; False when another has it, or nothing is to be done."""
    now = work.clock()
    with work.sessions() as session:
        taken = session.execute(
            update(RegistrantFile)
            .where(col(RegistrantFile.id) == file_id, *_waits(now))
            .values(alive_at=now)
        )
        session.commit()
    return bool(taken.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult


def settle(
    work: FileWork, file_id: int, *, state: str, report: dict[str, Any] | None = None
) -> None:
    """Write down what came of a file, unless it was discarded meanwhile."""
    with work.sessions() as session:
        row = session.get(RegistrantFile, file_id)
        if row is not None:
            row.state, row.report, row.alive_at = state, report, None
        session.commit()
