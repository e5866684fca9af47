"""Places in sessions: signed up for, given back, and filled from the waiting list by itself.

Every act holds its people and the edition first, as those on meetings do, so that nobody is in a
meeting and a session at once and the last place is given once.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matchmaking.free_time import Span
from models import EditionSession, Meeting, Participation, SessionPlace
from services.candidates import Place
from services.errors import ServiceError
from services.meeting_hold import hold
from services.meeting_times import holds_time_of, taken_times
from services.session_times import COMING, WAITING


class NoSignUp(ServiceError):
    """Nobody can sign up; ``reason`` is cancelled, open-to-all, too-late or other-side."""

    code = "no-sign-up"

    def __init__(self, reason: str) -> None:
        super().__init__(f"nobody can sign up for this session: {reason}")
        self.reason = reason


class SessionClash(ServiceError):
    """Somebody has a meeting or another session then; give that up first."""

    code = "session-clash"


def sign_up_trouble(row: EditionSession, side: str, now: datetime) -> str:
    """Tell why somebody of a side cannot sign up, as a code of ``NoSignUp``; empty if they can."""
    facts = {
        "cancelled": row.cancelled_at is not None,
        "open-to-all": row.sign_up_until is None,
        "too-late": row.starts_at <= now or (row.sign_up_until or row.starts_at) <= now,
        "other-side": row.audience not in ("all", side),
    }
    return next((reason for reason, holds in facts.items() if holds), "")


def sign_up(session: Session, row: EditionSession, place: Place, now: datetime) -> SessionPlace:
    """Take a place in a session, or the end of its waiting list; a second time changes nothing.

    Raises
    ------
    NoSignUp, SessionClash
    """
    hold(session, row.edition_id, [place.profile_id])
    session.refresh(row)
    known = place_of(session, row, place.profile_id)
    if known is not None:
        return known
    trouble = sign_up_trouble(row, place.side, now)
    if trouble:
        raise NoSignUp(trouble)
    span = Span(row.starts_at, row.ends_at)
    taken = taken_times(session, [place.profile_id], now)[place.profile_id]
    if any(span.overlaps(other) for other in taken):
        raise SessionClash("you have a meeting or another session then; give that up first")
    room = free_places(session, row)
    waits = session.exec(_of(row, col(SessionPlace.state) == WAITING)).first() is not None
    found = SessionPlace(
        session_id=row.id,
        profile_id=place.profile_id,
        state=WAITING if room is not None and (room < 1 or waits) else COMING,
        starts_at=row.starts_at,
        asked_at=now,
    )
    session.add(found)
    session.flush()
    return found


def give_back(session: Session, row: EditionSession, profile_id: int, now: datetime) -> list[int]:
    """Give one's place back, or leave the waiting list; returns who moves up, by profile id."""
    hold(session, row.edition_id, [profile_id, *_waiting(session, row)])
    session.refresh(row)
    if row.starts_at <= now:
        raise NoSignUp("too-late")
    session.execute(
        delete(SessionPlace).where(
            col(SessionPlace.session_id) == row.id, col(SessionPlace.profile_id) == profile_id
        )
    )
    return fill(session, row, now)


def fill(session: Session, row: EditionSession, now: datetime) -> list[int]:
    """Give free places to those who wait, the first first; whoever is busy then goes on waiting.

    The caller holds the people who wait and the edition.
    """
    room = free_places(session, row)
    waiting = session.exec(_of(row, col(SessionPlace.state) == WAITING)).all()
    if row.cancelled_at is not None or row.starts_at <= now or room == 0 or not waiting:
        return []
    span = Span(row.starts_at, row.ends_at)
    taken = taken_times(session, [place.profile_id for place in waiting], now)
    free = [
        place
        for place in waiting
        if not any(span.overlaps(other) for other in taken[place.profile_id])
    ]
    moving = free if room is None else free[: max(room, 0)]
    for place in moving:
        place.state = COMING
    session.flush()
    return [place.profile_id for place in moving]


def fill_waiting(session: Session, row: EditionSession, now: datetime) -> list[int]:
    """Take away the places of those who left the edition, and let others move up."""
    waiting = _waiting(session, row)
    hold(session, row.edition_id, waiting)
    session.refresh(row)
    session.execute(
        delete(SessionPlace).where(
            col(SessionPlace.session_id) == row.id,
            col(SessionPlace.profile_id).not_in(
                select(Participation.profile_id).where(Participation.edition_id == row.edition_id)
            ),
        )
    )
    return fill(session, row, now)


def sessions_to_fill(session: Session, now: datetime) -> list[EditionSession]:
    """List the sessions to come in which somebody waits, or a guest has left the edition."""
    left = ~exists().where(
        col(Participation.profile_id) == SessionPlace.profile_id,
        col(Participation.edition_id) == EditionSession.edition_id,
    )
    query = (
        select(EditionSession)
        .join(SessionPlace)
        .where(
            col(EditionSession.cancelled_at).is_(None),
            col(EditionSession.starts_at) > now,
            (col(SessionPlace.state) == WAITING) | left,
        )
        .distinct()
        .order_by(col(EditionSession.id))
    )
    return list(session.exec(query))


def free_places(session: Session, row: EditionSession) -> int | None:
    """Count the places that are left; None where there is no limit."""
    if row.capacity is None:
        return None
    coming = select(func.count()).select_from(SessionPlace)
    taken = session.exec(
        coming.where(SessionPlace.session_id == row.id, SessionPlace.state == COMING)
    ).one()
    return row.capacity - taken


def place_of(session: Session, row: EditionSession, profile_id: int) -> SessionPlace | None:
    """Find somebody's place in a session, or on its waiting list."""
    return session.exec(_of(row, col(SessionPlace.profile_id) == profile_id)).first()


def places_in(session: Session, row: EditionSession) -> list[SessionPlace]:
    """List everybody who comes, waits, or was to come, in the order in which they asked."""
    return list(session.exec(_of(row)))


def meetings_then(session: Session, row: EditionSession, profile_id: int) -> list[Meeting]:
    """List somebody's meetings that a session would stand in the way of."""
    query = select(Meeting).where(
        holds_time_of([profile_id]),
        col(Meeting.starts_at) < row.ends_at,
        col(Meeting.ends_at) > row.starts_at,
    )
    return list(session.exec(query.order_by(col(Meeting.starts_at))))


def _waiting(session: Session, row: EditionSession) -> Iterable[int]:
    query = select(SessionPlace.profile_id).where(
        SessionPlace.session_id == row.id, SessionPlace.state == WAITING
    )
    return session.exec(query).all()


def _of(row: EditionSession, *conditions: ColumnElement[bool]) -> SelectOfScalar[SessionPlace]:
    return (
        select(SessionPlace)
        .where(SessionPlace.session_id == row.id, *conditions)
        .order_by(col(SessionPlace.asked_at), col(SessionPlace.id))
    )
