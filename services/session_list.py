"""An edition's sessions as people read them: with how many come, and whether the reader does."""

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func
from sqlmodel import Session, col, select

from models import EditionSession, Organisation, Profile, SessionPlace
from services.session_times import CANCELLED, COMING, WAITING


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session.

    ``mine`` is the reader's own place: coming, waiting, cancelled, or empty.
    """

    row: EditionSession
    coming: int
    waiting: int
    mine: str

    @property
    def free(self) -> int | None:
        """How many places are left; None where there is no limit."""
        return None if self.row.capacity is None else max(self.row.capacity - self.coming, 0)


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session that somebody comes to or waits for, as ``mine`` tells."""

    row: EditionSession
    mine: str


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who comes to a session, or waits for a place, as its organisers read them."""

    place: SessionPlace
    name: str
    name_native: str
    organisation: str
    country: str


def session_lines(
    session: Session, edition_id: int, profile_id: int | None = None, *, cancelled: bool = False
) -> list[SessionLine]:
    """List an edition's sessions in order; one query.

    Parameters
    ----------
    cancelled
        Those that were called off, too.
    """
    query = select(EditionSession, _count(COMING), _count(WAITING), _own(profile_id)).where(
        EditionSession.edition_id == edition_id
    )
    if not cancelled:
        query = query.where(col(EditionSession.cancelled_at).is_(None))
    query = query.order_by(col(EditionSession.starts_at), col(EditionSession.id))
    return [SessionLine(*row[:3], row[3] or "") for row in session.exec(query)]


def session_line(
    session: Session, row: EditionSession, profile_id: int | None = None
) -> SessionLine:
    """Read one session; one query."""
    query = select(_count(COMING), _count(WAITING), _own(profile_id)).where(
        EditionSession.id == row.id
    )
    coming, waiting, mine = session.exec(query).one()
    return SessionLine(row, coming, waiting, mine or "")


def own_sessions(session: Session, profile_id: int) -> list[OwnSession]:
    """List the sessions that somebody comes to or waits for, in all editions; one query."""
    query = (
        select(EditionSession, SessionPlace.state)
        .join(SessionPlace, col(SessionPlace.session_id) == EditionSession.id)
        .where(SessionPlace.profile_id == profile_id, SessionPlace.state != CANCELLED)
        .order_by(col(EditionSession.starts_at), col(EditionSession.id))
    )
    return [OwnSession(row, state) for row, state in session.exec(query)]


def guests_of(session: Session, row: EditionSession, *, limit: int, start: int = 0) -> list[Guest]:
    """List who comes and who waits, in the order in which they asked; one query."""
    query = (
        select(SessionPlace, Profile, Organisation.name)
        .join(Profile, col(Profile.id) == SessionPlace.profile_id)
        .join(Organisation, col(Organisation.id) == Profile.organisation_id, isouter=True)
        .where(SessionPlace.session_id == row.id, SessionPlace.state != CANCELLED)
        .order_by(col(SessionPlace.state), col(SessionPlace.asked_at), col(SessionPlace.id))
        .offset(start)
        .limit(limit)
    )
    return [
        Guest(
            place,
            profile.name or profile.name_native,
            profile.name_native,
            organisation or profile.organisation_name,
            profile.country or "",
        )
        for place, profile, organisation in session.exec(query)
    ]


def _count(state: str) -> ScalarSelect[int]:
    query = select(func.count()).select_from(SessionPlace)
    return query.where(
        SessionPlace.session_id == EditionSession.id, SessionPlace.state == state
    ).scalar_subquery()


def _own(profile_id: int | None) -> ScalarSelect[str]:
    return (
        select(SessionPlace.state)
        .where(SessionPlace.session_id == EditionSession.id, SessionPlace.profile_id == profile_id)
        .scalar_subquery()
    )
