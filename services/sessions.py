"""Sessions beside the meetings: written, changed and cancelled by organisers.

Whoever signed up is told of what concerns them. A change of time that would put somebody into two
places at once is refused until the organiser says that these people shall wait instead.
"""

import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from matchmaking.free_time import Span
from models import Edition, EditionSession, SessionPlace
from services.audit import Subject, record
from services.errors import NotFound, ServiceError
from services.mail import Write
from services.meeting_hold import hold
from services.meeting_links import checked_link
from services.meeting_times import taken_times
from services.session_letters import CALLED_OFF, CHANGED, GOT_PLACE, tell_guests
from services.session_places import fill, places_in
from services.session_times import CANCELLED, COMING, WAITING

_TOLD = ("starts_at", "ends_at", "place", "link", "title_en", "title_ko")


class TooManyCome(ServiceError):
    """More people come already than the new number of places; ``coming`` says how many."""

    code = "too-many-come"

    def __init__(self, coming: int) -> None:
        super().__init__(f"{coming} people come already; give at least so many places")
        self.coming = coming


class PeopleClash(ServiceError):
    """So many people who come have something else at the new time; say that they shall wait."""

    code = "people-clash"

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} people have something else then; confirm that they wait instead")
        self.count = count


class SessionOver(ServiceError):
    """A session that is cancelled or over is not changed any more."""

    code = "session-over"


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """What organisers say of a session; the fields are those of the table."""

    kind: str
    title_en: str
    title_ko: str
    text_en: str
    text_ko: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    capacity: int | None
    sign_up_until: datetime | None
    audience: str


def find_session(session: Session, edition_id: int, session_id: int) -> EditionSession:
    """Find a session of an edition.

    Raises
    ------
    NotFound
    """
    row = session.get(EditionSession, session_id)
    if row is None or row.edition_id != edition_id:
        raise NotFound(f"there is no session {session_id} in this edition")
    return row


def create_session(
    session: Session, edition: Edition, draft: SessionDraft, now: datetime, *, actor_id: int | None
) -> EditionSession:
    """Put a session into the programme.

    Raises
    ------
    BadLink
    """
    row = EditionSession(
        uid=secrets.token_hex(16),
        edition_id=edition.id,
        created_at=now,
        changed_at=now,
        **_values(draft),
    )
    session.add(row)
    session.flush()
    after = _plain(_values(draft))
    record(
        session, edition.id, "created", Subject("session", row.id), now, actor_id=actor_id,
        after=after,
    )  # fmt: skip
    return row


def change_session(
    session: Session,
    write: Write,
    row: EditionSession,
    draft: SessionDraft,
    now: datetime,
    *,
    actor_id: int | None,
    let_wait: bool = False,
) -> int:
    """Change a session, tell whom it concerns, and fill places that became free.

    Parameters
    ----------
    let_wait
        Whoever has something else at the new time goes to the end of the waiting list.

    Returns
    -------
    How many people were put on the waiting list.

    Raises
    ------
    BadLink, SessionOver, TooManyCome, PeopleClash
    """
    places = _held(session, row)
    clashing = _checked(session, row, draft, places, now)
    if clashing and not let_wait:
        raise PeopleClash(len(clashing))
    values = _values(draft)
    before = {key: getattr(row, key) for key, value in values.items() if getattr(row, key) != value}
    if not before:
        return 0
    _put_back(session, clashing, now)
    _write(session, row, {key: values[key] for key in before}, places, now)
    if before.keys() & set(_TOLD):
        tell_guests(session, write, row, CHANGED, [place.profile_id for place in places], now)
    tell_guests(session, write, row, GOT_PLACE, fill(session, row, now), now)
    record(
        session,
        row.edition_id,
        "changed",
        Subject("session", row.id),
        now,
        actor_id=actor_id,
        before=_plain(before),
        after=_plain({key: values[key] for key in before}),
    )
    return len(clashing)


def cancel_session(
    session: Session, write: Write, row: EditionSession, now: datetime, *, actor_id: int | None
) -> int:
    """Call a session off and tell everybody who comes or waits; returns how many people these are.

    Raises
    ------
    SessionOver
    """
    places = [place for place in _held(session, row) if place.state in (COMING, WAITING)]
    if row.cancelled_at is not None or row.ends_at <= now:
        raise SessionOver("this session is cancelled or over")
    row.cancelled_at = row.changed_at = now
    row.sequence += 1
    tell_guests(session, write, row, CALLED_OFF, [place.profile_id for place in places], now)
    for place in places:
        place.state = CANCELLED
    session.flush()
    subject = Subject("session", row.id)
    record(
        session, row.edition_id, "cancelled", subject, now, actor_id=actor_id,
        after={"people": len(places)},
    )  # fmt: skip
    return len(places)


def _held(session: Session, row: EditionSession) -> list[SessionPlace]:
    """Hold everybody who comes or waits, and the edition; what was read before is read again."""
    known = select(SessionPlace.profile_id).where(SessionPlace.session_id == row.id)
    hold(session, row.edition_id, session.exec(known).all())
    session.refresh(row)
    return places_in(session, row)


def _checked(
    session: Session,
    row: EditionSession,
    draft: SessionDraft,
    places: Collection[SessionPlace],
    now: datetime,
) -> list[SessionPlace]:
    """Refuse what cannot be, and list the places of people who have something else then."""
    if row.cancelled_at is not None or row.ends_at <= now:
        raise SessionOver("this session is cancelled or over")
    coming = [place for place in places if place.state == COMING]
    if draft.capacity is not None and len(coming) > draft.capacity:
        raise TooManyCome(len(coming))
    span = Span(draft.starts_at, draft.ends_at)
    if span == Span(row.starts_at, row.ends_at) or not coming:
        return []
    people = [place.profile_id for place in coming]
    taken = taken_times(session, people, now, leave_out_session=row.id)
    return [
        place for place in coming if any(span.overlaps(other) for other in taken[place.profile_id])
    ]


def _put_back(session: Session, places: Collection[SessionPlace], now: datetime) -> None:
    for place in places:
        place.state, place.asked_at = WAITING, now
    session.flush()


def _write(
    session: Session,
    row: EditionSession,
    values: dict[str, Any],
    places: Collection[SessionPlace],
    now: datetime,
) -> None:
    for key, value in values.items():
        setattr(row, key, value)
    row.sequence, row.changed_at = row.sequence + 1, now
    for place in places:
        place.starts_at = row.starts_at
    session.flush()


def _values(draft: SessionDraft) -> dict[str, Any]:
    return {**asdict(draft), "link": checked_link(draft.link)}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in values.items()
    }
