"""Publishing a round, so that the people in it see their matches, and withdrawing it.

A published round is never edited. A better one is another round; publishing that withdraws the
first, so that an edition has one published round at most.
"""

from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from models import Edition, Round
from services.audit import Subject, record
from services.edition_publishing import follow_publishing, follow_withdrawing
from services.errors import ServiceError

Refusal = Literal["not-done", "already-published", "not-published", "still-open", "over"]


class CannotPublish(ServiceError):
    """A round cannot be published or withdrawn now; ``reason`` says why, as a code."""

    code = "cannot-publish"

    def __init__(self, number: int, reason: Refusal) -> None:
        super().__init__(f"Round {number} cannot be published or withdrawn: {reason}.")
        self.reason = reason


def is_published(row: Round) -> bool:
    """Tell whether people see their matches of a round now."""
    return row.published_at is not None and row.withdrawn_at is None


def published_round(session: Session, edition_id: int) -> Round | None:
    """Find the round of an edition that people see, if one is published."""
    return session.exec(
        select(Round).where(
            Round.edition_id == edition_id,
            col(Round.published_at).is_not(None),
            col(Round.withdrawn_at).is_(None),
        )
    ).first()


def publish_round(
    session: Session, edition: Edition, row: Round, now: datetime, *, actor_id: int | None
) -> Round | None:
    """Let people see their matches of a finished round; return the round that it replaces.

    Raises
    ------
    CannotPublish
        When it is not done, is published already, people may still join, or the edition is over.
    """
    _hold(session, edition, row)
    if row.state != "done":
        raise CannotPublish(row.number, "not-done")
    if is_published(row):
        raise CannotPublish(row.number, "already-published")
    before = published_round(session, edition.id)
    if before is not None:
        before.withdrawn_at = now
        _record(session, before, "withdrawn", now, actor_id, {"published": True}, row.number)
    row.published_at, row.withdrawn_at = now, None
    session.flush()
    reason = follow_publishing(session, edition, now, actor_id)
    if reason is not None:
        raise CannotPublish(row.number, reason)
    _record(session, row, "published", now, actor_id, {"published": False}, None)
    return before


def withdraw_round(
    session: Session, edition: Edition, row: Round, now: datetime, *, actor_id: int | None
) -> None:
    """Take a published round back: nobody sees matches any more until another is published.

    Raises
    ------
    CannotPublish
        When it is not published, or the edition is over.
    """
    _hold(session, edition, row)
    if not is_published(row):
        raise CannotPublish(row.number, "not-published")
    row.withdrawn_at = now
    session.flush()
    reason = follow_withdrawing(session, edition, now, actor_id)
    if reason is not None:
        raise CannotPublish(row.number, reason)
    _record(session, row, "withdrawn", now, actor_id, {"published": True}, None)


def _hold(session: Session, edition: Edition, row: Round) -> None:
    """Hold the edition against others, so that of two organisers the second sees the first's."""
    session.refresh(edition, with_for_update=True)
    session.refresh(row)


def _record(
    session: Session,
    row: Round,
    act: str,
    now: datetime,
    actor_id: int | None,
    before: dict[str, bool],
    in_favour_of: int | None,
) -> None:
    after: dict[str, object] = {"number": row.number, "published": not before["published"]}
    if in_favour_of is not None:
        after["in_favour_of"] = in_favour_of
    subject = Subject("round", row.id)
    record(
        session, row.edition_id, act, subject, now, actor_id=actor_id, before=before, after=after
    )
