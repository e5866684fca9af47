"""Who takes part in an edition, for its organisers to read."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import EditionCountry, Participation, Profile
from services.consents_reading import CONTACT, consented, may_be_paired

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Participant:
    """One row of the organiser's list; ``email`` is empty without consent to its use.

    ``agreed`` tells whether lists and rounds may hold the person.
    """

    profile: Profile
    side: str | None
    imported: bool
    email: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of participants; pages are counted from 1."""

    people: tuple[Participant, ...]
    page: int
    pages: int
    total: int


def people_page(session: Session, edition_id: int, page: int = 1) -> PeoplePage:
    """List participants by name, a page at a time, in two queries."""
    counting = select(func.count()).where(Participation.edition_id == edition_id)
    total = session.exec(counting.select_from(Participation)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    on_side = (col(EditionCountry.country) == Profile.country) & (
        col(EditionCountry.edition_id) == edition_id
    )
    query = (
        select(Profile, EditionCountry.side, consented(CONTACT), may_be_paired())
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .outerjoin(EditionCountry, on_side)
        .where(Participation.edition_id == edition_id)
        .order_by(func.lower(Profile.name), col(Profile.id))
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    people = tuple(
        Participant(
            profile, side, profile.confirmed_at is None, profile.email if mail else "", agreed
        )
        for profile, side, mail, agreed in session.exec(query)
    )
    return PeoplePage(people, page, pages, total)
