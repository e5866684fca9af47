"""Organisations as a person finds them while typing."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col, select

from models import Organisation, OrganisationName
from services.organisation_names import fold

__all__ = ["FoundOrganisation", "find_organisations", "fold"]

SHORTEST = 2
_WHOLE, _BEGINNING, _INSIDE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class FoundOrganisation:
    """An organisation to choose; ``matched`` is the name that the typed text is in."""

    id: int
    name: str
    name_native: str
    city: str
    country: str
    matched: str


def find_organisations(
    session: Session, text: str, country: str = "", limit: int = 10
) -> list[FoundOrganisation]:
    """Find organisations by any of their names or acronyms, in one query.

    A whole name or acronym comes first, then names that begin with the text, then names that hold
    it; among these, those of the given country, then the shorter names.
    """
    typed = fold(text)
    if len(typed) < SHORTEST and not typed.isalpha():
        return []
    names, rank = col(OrganisationName.folded), _rank(typed)
    best = (
        select(OrganisationName.organisation_id.label("id"), func.min(rank).label("rank"))  # type: ignore[attr-defined] # a column at run time
        .where(names.contains(typed, autoescape=True))
        .group_by(col(OrganisationName.organisation_id))
        .subquery()
    )
    at_home = case((col(Organisation.country) == country, 0), else_=1)
    query = (
        select(Organisation, OrganisationName.name)
        .join(best, best.c.id == col(Organisation.id))
        .join(OrganisationName, col(OrganisationName.organisation_id) == best.c.id)
        .where(names.contains(typed, autoescape=True), rank == best.c.rank)
        .order_by(best.c.rank, at_home, func.length(Organisation.name), col(Organisation.id))
        # An organisation may answer with several names; the first of each is kept below.
        .limit(limit * 4)
    )
    found: dict[int, FoundOrganisation] = {}
    for organisation, matched in session.exec(query):
        found.setdefault(organisation.id, _found(organisation, matched))
    return list(found.values())[:limit]


def _rank(typed: str) -> ColumnElement[int]:
    names = col(OrganisationName.folded)
    return case(
        (names == typed, _WHOLE),
        (names.startswith(typed, autoescape=True), _BEGINNING),
        else_=_INSIDE,
    )


def _found(row: Organisation, matched: str) -> FoundOrganisation:
    return FoundOrganisation(row.id, row.name, row.name_native, row.city, row.country, matched)
