"""The two lists of countries of an edition."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import EditionCountry, Participation, Profile
from services.countries import CODES
from services.editions import sides
from services.errors import ServiceError
from services.index_version import note_change


class UnknownCountries(ServiceError):
    """Codes that no country has."""

    code = "unknown-countries"

    def __init__(self, codes: Collection[str]) -> None:
        super().__init__(f"no country has the code {', '.join(sorted(codes))}")
        self.codes = tuple(sorted(codes))


class SidesOverlap(ServiceError):
    """Countries on both sides; a person could be paired with their own colleagues."""

    code = "sides-overlap"

    def __init__(self, codes: Collection[str]) -> None:
        super().__init__(f"on both sides: {', '.join(sorted(codes))}")
        self.codes = tuple(sorted(codes))


class SideEmpty(ServiceError):
    """A side without any country; nobody could be paired."""

    code = "side-empty"


class ParticipantsWouldLose(ServiceError):
    """People take part from countries whose side would change or vanish.

    ``people`` counts them by country.
    """

    code = "participants-would-lose"

    def __init__(self, people: dict[str, int]) -> None:
        words = ", ".join(f"{code} ({count})" for code, count in sorted(people.items()))
        super().__init__(f"people take part from {words}; ask them to leave the edition first")
        self.people = people


@dataclass(frozen=True)
class Sides:
    """The two lists of country codes."""

    left: frozenset[str] = field(default_factory=frozenset)
    right: frozenset[str] = field(default_factory=frozenset)


def read_sides(session: Session, edition_id: int) -> Sides:
    """Read the two lists of an edition."""
    known = sides(session, edition_id)
    return Sides(
        frozenset(code for code, side in known.items() if side == "left"),
        frozenset(code for code, side in known.items() if side == "right"),
    )


def set_sides(session: Session, edition_id: int, wished: Sides) -> None:
    """Replace the two lists of an edition.

    Raises
    ------
    UnknownCountries, SidesOverlap, SideEmpty
    ParticipantsWouldLose
        When somebody takes part from a country whose side would not stay the same.
    """
    if unknown := (wished.left | wished.right) - CODES:
        raise UnknownCountries(unknown)
    if both := wished.left & wished.right:
        raise SidesOverlap(both)
    if not (wished.left and wished.right):
        raise SideEmpty("name at least one country on each side")
    before = sides(session, edition_id)
    after = dict.fromkeys(wished.left, "left") | dict.fromkeys(wished.right, "right")
    changed = {code for code, side in before.items() if after.get(code) != side}
    if people := _participants_from(session, edition_id, changed):
        raise ParticipantsWouldLose(people)
    session.exec(delete(EditionCountry).where(col(EditionCountry.edition_id) == edition_id))
    session.expire_all()
    session.add_all(
        EditionCountry(edition_id=edition_id, country=code, side=side)
        for code, side in sorted(after.items())
    )
    session.flush()
    # the sides that are kept in memory are other ones now
    note_change(session, [])


def _participants_from(
    session: Session, edition_id: int, countries: Collection[str]
) -> dict[str, int]:
    query = (
        select(Profile.country)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(Participation.edition_id == edition_id, col(Profile.country).in_(countries))
    )
    return dict(Counter(str(code) for code in session.exec(query)))
