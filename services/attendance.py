"""Who came: checking people in at the event, and noting who did not come."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from models import Edition, Meeting, Participation, Profile
from services import audit
from services.audit import Subject
from services.errors import ServiceError
from services.mail import Write
from services.meeting_letters import CALLED_OFF, tell
from services.meeting_rules import ACCEPTED, PROPOSED, call_off
from services.registrants_query import named

CHECKED_IN, ABSENT, UNKNOWN = "checked-in", "no-show", "unmarked"
FOUND_AT_ONCE = 20
_COLUMNS = {"checked_in_at": CHECKED_IN, "no_show_at": ABSENT}


class NotBegun(ServiceError):
    """Nobody can have stayed away from an event that has not begun."""

    code = "not-begun"


def mark(
    session: Session,
    edition: Edition,
    profile_ids: Sequence[int],
    what: str,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> list[int]:
    """Note that people came, did not come, or that nobody knows; again changes nothing.

    Parameters
    ----------
    what
        ``CHECKED_IN``, ``ABSENT`` or ``UNKNOWN``.

    Returns
    -------
    list[int]
        For whom it was something new.

    Raises
    ------
    NotBegun
        When somebody is said not to have come before the event begins.
    """
    if what == ABSENT and now < edition.starts_at:
        raise NotBegun("wait until the event begins")
    here = Participation.edition_id == edition.id
    query = select(Participation).where(here, col(Participation.profile_id).in_(profile_ids))
    changed = []
    for place in session.exec(query.order_by(col(Participation.id))).all():
        before = _standing(place)
        if before == what:
            continue
        place.checked_in_at = now if what == CHECKED_IN else None
        place.no_show_at = now if what == ABSENT else None
        changed.append(place.profile_id)
        audit.record(
            session,
            edition.id,
            what,
            Subject("registrant", place.profile_id),
            now,
            actor_id=actor_id,
            before={"attendance": before},
            after={"attendance": what},
        )
    session.flush()
    return changed


def find_at_the_door(
    session: Session, edition_id: int, text: str
) -> list[tuple[Profile, Participation]]:
    """Find people with a place by a part of a name or an organisation; one query."""
    if not text.strip():
        return []
    query = (
        select(Profile, Participation)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(Participation.edition_id == edition_id, named(text.strip()))
        .order_by(func.lower(Profile.name), col(Profile.id))
        .limit(FOUND_AT_ONCE)
    )
    return list(session.exec(query).all())


def unmarked(session: Session, edition_id: int) -> list[int]:
    """List whom nobody has seen, and nobody has missed."""
    query = select(Participation.profile_id).where(
        Participation.edition_id == edition_id,
        col(Participation.checked_in_at).is_(None),
        col(Participation.no_show_at).is_(None),
    )
    return list(session.exec(query.order_by(col(Participation.id))))


def meetings_to_come(
    session: Session, edition_id: int, profile_ids: Sequence[int], now: datetime
) -> list[Meeting]:
    """List the meetings still to come of some people."""
    theirs = or_(col(Meeting.left_id).in_(profile_ids), col(Meeting.right_id).in_(profile_ids))
    query = select(Meeting).where(
        Meeting.edition_id == edition_id,
        theirs,
        col(Meeting.state).in_((PROPOSED, ACCEPTED)),
        Meeting.starts_at > now,
    )
    return list(session.exec(query.order_by(col(Meeting.starts_at), col(Meeting.id))))


def no_shows(session: Session, edition_id: int) -> list[int]:
    """List who did not come."""
    query = select(Participation.profile_id).where(
        Participation.edition_id == edition_id, col(Participation.no_show_at).is_not(None)
    )
    return list(session.exec(query.order_by(col(Participation.id))))


def release(
    session: Session,
    edition: Edition,
    profile_ids: Sequence[int],
    write: Write,
    now: datetime,
    *,
    actor_id: int | None = None,
) -> int:
    """Call off what people were still to meet, and tell those who were to meet them.

    Returns
    -------
    int
        How many meetings were called off; their times and tables are free.
    """
    gone = set(profile_ids)
    rows = meetings_to_come(session, edition.id, profile_ids, now)
    for row in rows:
        before = row.state
        call_off(row, now)
        session.flush()
        others = {row.left_id, row.right_id} - gone
        tell(session, write, row, CALLED_OFF, sorted(others), now)
        audit.record(
            session,
            edition.id,
            "released",
            Subject("meeting", row.id),
            now,
            actor_id=actor_id,
            before={"state": before},
            after={"state": row.state},
        )
    return len(rows)


def _standing(place: Participation) -> str:
    found = (word for name, word in _COLUMNS.items() if getattr(place, name) is not None)
    return next(found, UNKNOWN)
