"""Rows of people as the rules read them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from matchmaking.profile import Person, Work
from models import OrganisationLink, Profile, ProfileField, Publication, Statement

_CHUNK = 500


def person_of(session: Session, profile: Profile) -> Person:
    """Read one person as the rules see them."""
    return persons(session, [profile])[profile.id]


def persons(session: Session, profiles: Sequence[Profile]) -> dict[int, Person]:
    """Read people as the rules see them, by profile id; four queries for every 500 people.

    A publication of weight 0 is left out, as its owner wished. People of one organisation, or of
    two that are linked as a university and its cooperation foundation, share ``organisation``.
    """
    found: dict[int, Person] = {}
    for some in chunks(profiles, _CHUNK):
        found |= _persons(session, some)
    return found


def chunks(items: Sequence[Profile], size: int) -> Iterator[Sequence[Profile]]:
    """Cut a list so that no query names more people than a database takes."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _persons(session: Session, profiles: Sequence[Profile]) -> dict[int, Person]:
    ids = [profile.id for profile in profiles]
    offers, needs = _statements(session, ids)
    works = _works(session, ids)
    fields = _grouped(
        session.exec(
            select(ProfileField.profile_id, ProfileField.field_slug)
            .where(col(ProfileField.profile_id).in_(ids))
            .order_by(ProfileField.field_slug)
        )
    )
    groups = _foundations(session)
    return {
        profile.id: Person(
            key=str(profile.id),
            country=profile.country or "",
            organisation=_organisation(profile, groups),
            fields=tuple(fields[profile.id]),
            topics=tuple(profile.topics),
            research=profile.research,
            publications=tuple(works[profile.id]),
            offers=tuple(offers[profile.id]),
            needs=tuple(needs[profile.id]),
        )
        for profile in profiles
    }


def _statements(
    session: Session, ids: list[int]
) -> tuple[defaultdict[int, list[str]], defaultdict[int, list[str]]]:
    """Read what people offer, and what they need."""
    rows = session.exec(
        select(Statement)
        .where(col(Statement.profile_id).in_(ids))
        .order_by(col(Statement.position), col(Statement.id))
    ).all()
    offers, needs = (
        _grouped((row.profile_id, row.text) for row in rows if row.kind == kind)
        for kind in ("offer", "need")
    )
    return offers, needs


def _works(session: Session, ids: list[int]) -> defaultdict[int, list[Work]]:
    rows = session.exec(
        select(Publication)
        .where(col(Publication.profile_id).in_(ids), Publication.weight > 0)
        .order_by(col(Publication.position), col(Publication.id))
    )
    works: defaultdict[int, list[Work]] = defaultdict(list)
    for row in rows:
        names = (part if isinstance(part, str) else part.get("name", "") for part in row.authors)
        work = Work(
            title=row.title,
            abstract=row.abstract,
            authors=tuple(names),
            year=row.year,
            doi=row.doi or "",
            weight=row.weight,
            key_work=row.key_work,
        )
        works[row.profile_id].append(work)
    return works


def _grouped(rows: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    grouped: defaultdict[int, list[str]] = defaultdict(list)
    for owner, value in rows:
        grouped[owner].append(value)
    return grouped


def _foundations(session: Session) -> dict[int, int]:
    """Read which organisation stands for another: a university for its cooperation foundation."""
    rows = session.exec(
        select(OrganisationLink.organisation_id, OrganisationLink.linked_id).where(
            OrganisationLink.kind == "cooperation-foundation"
        )
    )
    return {max(pair): min(pair) for pair in rows}


def _organisation(profile: Profile, groups: dict[int, int]) -> str:
    if profile.organisation_id is not None:
        return f"id:{groups.get(profile.organisation_id, profile.organisation_id)}"
    name = " ".join(profile.organisation_name.casefold().split())
    return f"name:{name}" if name else ""
