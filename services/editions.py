"""Editions of the forum: finding them, whether they are open, and the sides of countries."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Edition, EditionCountry, EditionField, Field, Participation, WaitingPlace
from models.edition import EDITION_STATES
from services.errors import NotFound
from services.participants import SideCounts, side_counts
from services.roles import Roles

DRAFT, OPEN, CLOSED, MATCHED, PUBLISHED, OVER = EDITION_STATES


def find_edition(session: Session, slug: str) -> Edition:
    """Find an edition by the short name in its address.

    Raises
    ------
    NotFound
        Naming the editions that there are.
    """
    edition = session.exec(select(Edition).where(Edition.slug == slug)).first()
    if edition is None:
        known = ", ".join(session.exec(select(Edition.slug).order_by(Edition.slug))) or "none yet"
        raise NotFound(f"There is no edition {slug!r}. Known editions: {known}.")
    return edition


def editions(session: Session) -> Sequence[Edition]:
    """List the editions that are no drafts, the latest first."""
    query = select(Edition).where(Edition.state != DRAFT).order_by(col(Edition.starts_at).desc())
    return session.exec(query).all()


def organised_editions(session: Session, roles: Roles) -> Sequence[Edition]:
    """List the editions that an account with these roles organises, drafts too, latest first."""
    query = select(Edition).order_by(col(Edition.starts_at).desc())
    if not (roles.administrator or roles.organises_all):
        query = query.where(col(Edition.id).in_(roles.organises))
    return session.exec(query).all()


def is_open(edition: Edition, now: datetime) -> bool:
    """Tell whether people may join and leave at a moment."""
    return edition.state == OPEN and edition.opens_at <= now < edition.closes_at


def state_now(edition: Edition, now: datetime) -> str:
    """Tell where an edition stands at a moment: its dates count, whether a step was taken or not.

    Who was open is closed from the closing date on, and what was shown is over when it has ended.
    """
    if edition.state != DRAFT and edition.ends_at <= now:
        return OVER
    if edition.state == OPEN and edition.closes_at <= now:
        return CLOSED
    return edition.state


def sides(session: Session, edition_id: int) -> dict[str, str]:
    """Return the side, left or right, of every country that the edition knows."""
    query = select(EditionCountry.country, EditionCountry.side).where(
        EditionCountry.edition_id == edition_id
    )
    return dict(session.exec(query).all())


def edition_fields(session: Session, edition_id: int) -> Sequence[Field]:
    """List the fields of research that an edition is about, in their order."""
    query = (
        select(Field)
        .join(EditionField, col(EditionField.field_slug) == Field.slug)
        .where(EditionField.edition_id == edition_id)
        .order_by(col(Field.position), Field.slug)
    )
    return session.exec(query).all()


def participant_counts(session: Session, edition: Edition) -> SideCounts:
    """Count who takes part, by side."""
    return side_counts(session, edition.id)


def editions_of(session: Session, profile_id: int) -> Sequence[Edition]:
    """List the editions that a person takes part in."""
    query = (
        select(Edition)
        .join(Participation, col(Participation.edition_id) == Edition.id)
        .where(Participation.profile_id == profile_id)
    )
    return session.exec(query.order_by(col(Edition.starts_at).desc())).all()


def leave_open_editions(session: Session, profile_id: int, now: datetime) -> None:
    """Take a person out of every edition that can still be left, and off every waiting list."""
    session.execute(delete(WaitingPlace).where(col(WaitingPlace.profile_id) == profile_id))
    query = (
        select(Participation, Edition)
        .join(Edition, col(Edition.id) == Participation.edition_id)
        .where(Participation.profile_id == profile_id)
    )
    for row, edition in session.exec(query).all():
        if is_open(edition, now):
            session.delete(row)
    session.flush()
