"""Everybody of an edition, with a place or waiting for one, as one query, and the states in it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlmodel import col

from models import Duplicate, EditionCountry, Participation, Profile, WaitingPlace
from models.base import UtcDateTime
from services.consents_reading import CONTACT, consented, may_be_paired

STATES = (
    "placed",
    "waiting",
    "uninvited",
    "invited",
    "confirmed",
    "not-agreed",
    "checked-in",
    "no-show",
    "duplicate",
)
_MOMENTS = ("invite_asked_at", "checked_in_at", "no_show_at")


@dataclass(frozen=True, slots=True)
class RegistrantFilters:
    """What the registrants shown have in common; empty means anything."""

    text: str = ""
    side: str = ""
    state: str = ""


def places(edition_id: int) -> Subquery:
    """Make the table of everybody in an edition: ``profile_id``, ``waiting``, and moments.

    ``number`` is in the order of their coming, of those who have a place and of those who wait.
    """
    moment = UtcDateTime()
    placed: Select[*tuple[Any, ...]] = select(
        col(Participation.profile_id),
        col(Participation.id).label("number"),
        literal(False).label("waiting"),
        *(getattr(Participation, name) for name in _MOMENTS),
    ).where(col(Participation.edition_id) == edition_id)
    waiting: Select[*tuple[Any, ...]] = select(
        col(WaitingPlace.profile_id),
        col(WaitingPlace.id).label("number"),
        literal(True).label("waiting"),
        *(cast(null(), moment).label(name) for name in _MOMENTS),
    ).where(col(WaitingPlace.edition_id) == edition_id)
    return union_all(placed, waiting).subquery("place")


def on_side(edition_id: int) -> ColumnElement[bool]:
    """Make the condition that joins a profile's country to its side."""
    return and_(
        col(EditionCountry.country) == Profile.country,
        col(EditionCountry.edition_id) == edition_id,
    )


def in_state(state: str, place: Subquery, edition_id: int) -> ColumnElement[bool]:
    """Make the condition for one of ``STATES``.

    Raises
    ------
    KeyError
    """
    imported = and_(col(Profile.account_id).is_(None), col(Profile.confirmed_at).is_(None))
    placed = place.c.waiting.is_(False)
    return {
        "placed": placed,
        "waiting": place.c.waiting.is_(True),
        "uninvited": and_(
            placed, imported, col(Profile.email) != "", place.c.invite_asked_at.is_(None)
        ),
        "invited": and_(imported, place.c.invite_asked_at.is_not(None)),
        "confirmed": col(Profile.account_id).is_not(None),
        "not-agreed": and_(placed, ~may_be_paired()),
        "checked-in": place.c.checked_in_at.is_not(None),
        "no-show": place.c.no_show_at.is_not(None),
        "duplicate": is_duplicate(edition_id),
    }[state]


def is_duplicate(edition_id: int) -> ColumnElement[bool]:
    """Make the condition that somebody may be in twice, and nobody has looked yet."""
    proposed = col(Duplicate.edition_id) == edition_id, col(Duplicate.declined_at).is_(None)
    # One set for the whole list; asked of each person anew, ten thousand would take seconds.
    either = union_all(
        select(col(Duplicate.one_id)).where(*proposed),
        select(col(Duplicate.other_id)).where(*proposed),
    )
    return col(Profile.id).in_(either)


def named(text: str) -> ColumnElement[bool]:
    """Make the condition that a name, an organisation, or an address one may use has a text."""
    parts = (Profile.name, Profile.name_native, Profile.organisation_name)
    found = [col(part).icontains(text, autoescape=True) for part in parts]
    mail = col(Profile.email).icontains(text, autoescape=True)
    return or_(*found, and_(mail, consented(CONTACT)))


def conditions(
    filters: RegistrantFilters, place: Subquery, edition_id: int
) -> list[ColumnElement[bool]]:
    """Make the conditions of some filters."""
    found: list[ColumnElement[bool]] = []
    if filters.text.strip():
        found.append(named(filters.text.strip()))
    if filters.side:
        found.append(col(EditionCountry.side) == filters.side)
    if filters.state:
        found.append(in_state(filters.state, place, edition_id))
    return found
