"""Long work on an edition's matcher that organisers ask for: ask, find, claim."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Edition, MatcherRun
from services.errors import NotFound, ServiceError

UNDER_WAY = ("queued", "running")
# As long as a run may be silent before another worker takes it up again.
SILENT_AFTER = timedelta(seconds=60)
KEPT = 20


class MatcherBusy(ServiceError):
    """The same is being done for this edition already."""

    code = "matcher-busy"


def request_run(
    session: Session,
    edition: Edition,
    kind: str,
    now: datetime,
    *,
    given: Mapping[str, Any] | None = None,
    actor_id: int | None = None,
) -> MatcherRun:
    """Queue a piece of work. Wake the worker after the commit.

    Raises
    ------
    MatcherBusy
        When one of this kind waits or runs.
    """
    session.exec(select(Edition).where(Edition.id == edition.id).with_for_update()).one()
    newest = newest_run(session, edition, kind)
    if newest is not None and newest.state in UNDER_WAY:
        raise MatcherBusy("This is under way already: wait until it is done.")
    row = MatcherRun(
        edition_id=edition.id,
        kind=kind,
        started_by=actor_id,
        given=dict(given or {}),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def newest_run(session: Session, edition: Edition, kind: str) -> MatcherRun | None:
    """Find the latest piece of work of a kind."""
    return next(iter(runs_of(session, edition, kind, count=1)), None)


def runs_of(
    session: Session, edition: Edition, kind: str, count: int = KEPT
) -> Sequence[MatcherRun]:
    """List the latest pieces of work of a kind, newest first."""
    query = select(MatcherRun).where(MatcherRun.edition_id == edition.id, MatcherRun.kind == kind)
    return session.exec(query.order_by(col(MatcherRun.id).desc()).limit(count)).all()


def find_run(session: Session, edition: Edition, run_id: int) -> MatcherRun:
    """Find a piece of work of this edition.

    Raises
    ------
    NotFound
        Also when it is another edition's.
    """
    row = session.get(MatcherRun, run_id)
    if row is None or row.edition_id != edition.id:
        raise NotFound("There is no such run of this edition's matcher.")
    return row


def queued_runs(session: Session, now: datetime) -> Sequence[int]:
    """List what waits for a worker, what a worker left that died among it."""
    session.execute(
        update(MatcherRun)
        .where(col(MatcherRun.state) == "running", col(MatcherRun.alive_at) < now - SILENT_AFTER)
        .values(state="queued", done=0, of=0)
    )
    query = select(MatcherRun.id).where(MatcherRun.state == "queued").order_by(col(MatcherRun.id))
    return session.exec(query).all()


def claim_run(session: Session, run_id: int, now: datetime) -> bool:
    """Take a queued piece of work for this worker; False when another took it."""
    taken = session.execute(
        update(MatcherRun)
        .where(col(MatcherRun.id) == run_id, col(MatcherRun.state) == "queued")
        .values(state="running", alive_at=now)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult
