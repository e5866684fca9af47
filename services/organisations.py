"""Organisations as a person finds them while typing."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_
from sqlmodel import Session, col, select

from models import Organisation, OrganisationName
from services.organisation_names import fold
from services.organisation_spellings import spellings

__all__ = ["FoundOrganisation", "find_organisations", "fold"]

SHORTEST = 2
_WHOLE, _BEGINNING, _INSIDE = 0, 1, 2
_SEVERAL, _MOST_WORDS = 2, 6


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
    """Find organisations by any of their names or acronyms, in one query, or two.

    A whole name or acronym comes first, then names that begin with the text, then names that hold
    it; among these, those of the given country, then the shorter names. Usual spellings that no
    registry lists count as names, too (services/organisation_spellings.py). Where nothing is found,
    a second query asks for organisations whose names together hold every word of the text.
    """
    typed = fold(text)
    if len(typed) < SHORTEST and not typed.isalpha():
        return []
    forms = dict.fromkeys((typed, *map(fold, spellings(text))))
    found = _by_forms(session, list(forms), country, limit)
    words = [fold(word) for word in text.replace("-", " ").split()]
    if found or len(words) < _SEVERAL:
        return found
    return _by_words(session, words[:_MOST_WORDS], country, limit)


def _by_forms(
    session: Session, forms: list[str], country: str, limit: int
) -> list[FoundOrganisation]:
    names, rank = col(OrganisationName.folded), _rank(forms)
    holds = or_(*(names.contains(form, autoescape=True) for form in forms))
    best = (
        select(OrganisationName.organisation_id.label("id"), func.min(rank).label("rank"))  # type: ignore[attr-defined] # a column at run time
        .where(holds)
        .group_by(col(OrganisationName.organisation_id))
        .subquery()
    )
    query = (
        select(Organisation, OrganisationName.name)
        .join(best, best.c.id == col(Organisation.id))
        .join(OrganisationName, col(OrganisationName.organisation_id) == best.c.id)
        .where(holds, rank == best.c.rank)
        .order_by(best.c.rank, *_order(country))
        # An organisation may answer with several names; the first of each is kept below.
        .limit(limit * 4)
    )
    found: dict[int, FoundOrganisation] = {}
    for organisation, matched in session.exec(query):
        found.setdefault(organisation.id, _found(organisation, matched))
    return list(found.values())[:limit]


def _by_words(
    session: Session, words: list[str], country: str, limit: int
) -> list[FoundOrganisation]:
    each = [
        exists().where(
            col(OrganisationName.organisation_id) == Organisation.id,
            col(OrganisationName.folded).contains(word, autoescape=True),
        )
        for word in words
        if word
    ]
    query = select(Organisation).where(*each).order_by(*_order(country)).limit(limit)
    return [_found(organisation, organisation.name) for organisation in session.exec(query)]


def _order(country: str) -> tuple[Any, ...]:
    at_home = case((col(Organisation.country) == country, 0), else_=1)
    return at_home, func.length(Organisation.name), col(Organisation.id)


def _rank(forms: list[str]) -> ColumnElement[int]:
    names = col(OrganisationName.folded)
    return case(
        (names.in_(forms), _WHOLE),
        (or_(*(names.startswith(form, autoescape=True) for form in forms)), _BEGINNING),
        else_=_INSIDE,
    )


def _found(row: Organisation, matched: str) -> FoundOrganisation:
    return FoundOrganisation(row.id, row.name, row.name_native, row.city, row.country, matched)
