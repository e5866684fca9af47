"""The registrants of an edition for its organisers: a page of them, how many, and which."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Subquery, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models import EditionCountry, Profile
from services.consents_reading import CONTACT, consented, may_be_paired
from services.registrants_query import (
    RegistrantFilters,
    conditions,
    is_duplicate,
    on_side,
    places,
)

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Registrant:
    """One row of the desk; ``email`` is empty without consent to its use.

    ``agreed`` tells whether lists and rounds may hold the person; ``twice`` that they may be
    another registrant too.
    """

    profile: Profile
    side: str | None
    waiting: bool
    invited_at: datetime | None
    checked_in_at: datetime | None
    no_show_at: datetime | None
    email: str
    agreed: bool
    twice: bool

    @property
    def imported(self) -> bool:
        """Whether nobody has confirmed the profile yet."""
        return self.profile.confirmed_at is None


@dataclass(frozen=True, slots=True)
class RegistrantPage:
    """A page of registrants; pages are counted from 1."""

    people: tuple[Registrant, ...]
    page: int
    pages: int
    total: int


def registrant_page(
    session: Session, edition_id: int, filters: RegistrantFilters, page: int = 1
) -> RegistrantPage:
    """List registrants by name, or who waits in their order, a page at a time; two queries."""
    place = places(edition_id)
    wanted = conditions(filters, place, edition_id)
    counting = select(func.count()).select_from(Profile)
    counting = counting.join(place, place.c.profile_id == Profile.id)
    counting = counting.outerjoin(EditionCountry, on_side(edition_id)).where(*wanted)
    total = session.exec(counting).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    query = (
        select_columns(
            Profile,
            col(EditionCountry.side),
            place.c.waiting,
            place.c.invite_asked_at,
            place.c.checked_in_at,
            place.c.no_show_at,
            consented(CONTACT),
            may_be_paired(),
            is_duplicate(edition_id),
        )
        .join(place, place.c.profile_id == Profile.id)
        .outerjoin(EditionCountry, on_side(edition_id))
        .where(*wanted)
        .order_by(*_order(filters, place))
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    people = tuple(
        Registrant(
            profile,
            side,
            bool(waits),
            asked,
            here,
            away,
            profile.email if mail else "",
            agreed,
            twice,
        )
        for profile, side, waits, asked, here, away, mail, agreed, twice in session.execute(query)
    )
    return RegistrantPage(people, page, pages, total)


def _order(filters: RegistrantFilters, place: Subquery) -> list[Any]:
    if filters.state == "waiting":
        return [place.c.number]
    return [func.lower(Profile.name), col(Profile.id)]


def registrant_ids(session: Session, edition_id: int, filters: RegistrantFilters) -> list[int]:
    """List the profile ids of everybody whom some filters show."""
    place: Subquery = places(edition_id)
    query = (
        select(Profile.id)
        .join(place, place.c.profile_id == Profile.id)
        .outerjoin(EditionCountry, on_side(edition_id))
        .where(*conditions(filters, place, edition_id))
        .order_by(col(Profile.id))
    )
    return list(session.exec(query))
