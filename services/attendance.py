"""Who came: checking people in at the event, and noting who did not come."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Edition, Participation, Profile
from services import audit
from services.audit import Subject
from services.errors import ServiceError
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


def no_shows(session: Session, edition_id: int) -> list[int]:
    """List who did not come."""
    query = select(Participation.profile_id).where(
        Participation.edition_id == edition_id, col(Participation.no_show_at).is_not(None)
    )
    return list(session.exec(query.order_by(col(Participation.id))))


def _standing(place: Participation) -> str:
    found = (word for name, word in _COLUMNS.items() if getattr(place, name) is not None)
    return next(found, UNKNOWN)
