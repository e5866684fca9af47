"""Publishing a round, so that the people in it see their matches, and withdrawing it.

A published round is never edited. A better one is another round; publishing that withdraws the
first, so that an edition has one published round at most.
"""

from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from models import Edition, Round
from services.audit import Subject, record
from services.edition_states import mark_matched, mark_published
from services.edition_steps import StepRefused
from services.errors import ServiceError
from services.mail import Write
from services.round_letters import tell_published, tell_withdrawn

Refusal = Literal["not-done", "already-published", "not-published", "still-open", "not-now"]


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
    session: Session,
    write: Write,
    edition: Edition,
    row: Round,
    now: datetime,
    *,
    actor_id: int | None,
) -> Round | None:
    """Let people see their matches of a finished round, and tell them by mail.

    Returns the round that it replaces, if another was published.

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
    try:
        mark_published(session, edition, now, actor_id)
    except StepRefused as refused:
        raise CannotPublish(row.number, _reason(refused)) from refused
    _record(session, row, "published", now, actor_id, {"published": False}, None)
    tell_published(session, write, row, now)
    return before


def withdraw_round(
    session: Session,
    write: Write,
    edition: Edition,
    row: Round,
    now: datetime,
    *,
    actor_id: int | None,
) -> None:
    """Take a published round back, and tell its people: nobody sees matches until the next.

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
    try:
        mark_matched(session, edition, now, actor_id)
    except StepRefused as refused:
        raise CannotPublish(row.number, _reason(refused)) from refused
    _record(session, row, "withdrawn", now, actor_id, {"published": True}, None)
    tell_withdrawn(session, write, row, now)


def _reason(refused: StepRefused) -> Refusal:
    return "still-open" if "still-open" in refused.reasons else "not-now"


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
