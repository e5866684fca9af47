"""Schedules as PDF files: asked for, made by the worker with progress, fetched, and forgotten.

The row says what is to be done and how far it is, so that a worker that dies is followed by another
that begins the file again.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from models import Edition, SchedulePrint
from services.errors import NotFound

KEPT = timedelta(days=1)
SILENT = timedelta(seconds=60)
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"


def ask_for_print(
    session: Session, edition: Edition, kind: str, language: str, now: datetime
) -> SchedulePrint:
    """Ask for a file; one of the same kind and language that is on its way is asked for once."""
    query = select(SchedulePrint).where(
        SchedulePrint.edition_id == edition.id,
        SchedulePrint.kind == kind,
        SchedulePrint.language == language,
        col(SchedulePrint.state).in_((QUEUED, RUNNING)),
    )
    found = session.exec(query).first()
    if found is not None:
        return found
    row = SchedulePrint(edition_id=edition.id, kind=kind, language=language, created_at=now)
    session.add(row)
    session.flush()
    return row


def prints_of(session: Session, edition: Edition) -> list[SchedulePrint]:
    """List an edition's files, newest first, without reading them."""
    query = select(SchedulePrint).where(SchedulePrint.edition_id == edition.id)
    unread = query.options(defer(SchedulePrint.content))  # type: ignore[arg-type] # a column
    return list(session.exec(unread.order_by(col(SchedulePrint.id).desc())))


def find_print(session: Session, edition: Edition, print_id: int) -> SchedulePrint:
    """Find one file of an edition.

    Raises
    ------
    NotFound
    """
    query = select(SchedulePrint).where(
        SchedulePrint.id == print_id, SchedulePrint.edition_id == edition.id
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound(f"there is no file {print_id} of this edition (any more)")
    return found


def claim_print(session: Session, now: datetime) -> int | None:
    """Take the next file that is to be made, also one whose maker fell silent; its number."""
    waiting = or_(
        col(SchedulePrint.state) == QUEUED,
        (col(SchedulePrint.state) == RUNNING) & (col(SchedulePrint.alive_at) <= now - SILENT),
    )
    next_one = session.exec(
        select(SchedulePrint.id).where(waiting).order_by(col(SchedulePrint.id)).limit(1)
    ).first()
    if next_one is None:
        return None
    claimed = session.execute(
        update(SchedulePrint)
        .where(col(SchedulePrint.id) == next_one, waiting)
        .values(state=RUNNING, alive_at=now, done=0, of=0)
    )
    return next_one if claimed.rowcount else None  # type: ignore[attr-defined] # of an UPDATE


def say_progress(session: Session, print_id: int, done: int, of: int, now: datetime) -> None:
    """Write down how many pages are made."""
    session.execute(
        update(SchedulePrint)
        .where(col(SchedulePrint.id) == print_id)
        .values(done=done, of=of, alive_at=now)
    )


def finish_print(
    session: Session, print_id: int, content: bytes | None, now: datetime, failure: str = ""
) -> None:
    """Keep the file, or say that it could not be made."""
    session.execute(
        update(SchedulePrint)
        .where(col(SchedulePrint.id) == print_id)
        .values(
            state=FAILED if content is None else DONE,
            content=content,
            failure=failure[:300],
            finished_at=now,
        )
    )


def forget_prints(session: Session, now: datetime | None = None) -> None:
    """Delete files that are a day old; without a moment, all: somebody in them was erased."""
    query = delete(SchedulePrint)
    if now is not None:
        query = query.where(col(SchedulePrint.created_at) <= now - KEPT)
    session.execute(query)
