"""The sessions somebody comes to as entries of a calendar."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models import Edition, EditionSession, SessionPlace
from services.calendar_entry import SessionEntry
from services.session_times import CANCELLED, COMING

# How long a calendar that looks rarely can still learn of a session.
_KEPT = timedelta(days=90)


def entry_of(edition: Edition, row: EditionSession) -> SessionEntry:
    """Read a session for a calendar."""
    return SessionEntry(
        session_id=row.id,
        uid=row.uid,
        sequence=row.sequence,
        start=row.starts_at,
        end=row.ends_at,
        cancelled=row.cancelled_at is not None,
        changed_at=row.changed_at,
        title_en=row.title_en,
        title_ko=row.title_ko,
        place=row.place,
        link=row.link,
        zones=(edition.left_zone, edition.right_zone),
    )


def session_entries(session: Session, profile_id: int, now: datetime) -> list[SessionEntry]:
    """Read the sessions that somebody comes to, or that were cancelled; one query."""
    query = (
        select(EditionSession, Edition)
        .join(Edition)
        .join(SessionPlace, col(SessionPlace.session_id) == EditionSession.id)
        .where(
            SessionPlace.profile_id == profile_id,
            col(SessionPlace.state).in_((COMING, CANCELLED)),
            col(EditionSession.ends_at) > now - _KEPT,
        )
        .order_by(col(EditionSession.starts_at), col(EditionSession.id))
    )
    return [entry_of(edition, row) for row, edition in session.exec(query)]


def edition_entries(session: Session, edition: Edition) -> list[SessionEntry]:
    """Read every session of an edition that takes place; one query."""
    query = (
        select(EditionSession)
        .where(EditionSession.edition_id == edition.id, col(EditionSession.cancelled_at).is_(None))
        .order_by(col(EditionSession.starts_at), col(EditionSession.id))
    )
    return [entry_of(edition, row) for row in session.exec(query)]
