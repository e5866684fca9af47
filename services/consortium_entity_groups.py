"""Which members of a consortium are one legal entity."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from models import ConsortiumMember, Organisation, OrganisationLink, OrganisationName, Profile
from services.organisation_names import fold

Row = tuple[ConsortiumMember, Profile | None, Organisation | None]


def entity_groups(
    rows: Sequence[Row], linked: Mapping[int, int], known: Mapping[str, int]
) -> dict[int, int]:
    """Give each legal entity a number: by organisation, PIC or name, or as somebody said.

    Parameters
    ----------
    linked
        Which organisation stands for another.
    known
        Organisations by the folded names that partners from outside go by.
    """
    seen: dict[str, int] = {}
    group: dict[int, int] = {}
    for member, profile, organisation in rows:
        marks = [f"pic:{member.pic}"] if member.pic else []
        name = member.organisation or (profile.organisation_name if profile else "")
        if organisation is not None and not member.organisation:
            marks.append(f"id:{linked.get(organisation.id, organisation.id)}")
            marks += [f"pic:{organisation.pic}"] if organisation.pic else []
            name = organisation.name
        elif fold(name) in known:
            house = known[fold(name)]
            marks.append(f"id:{linked.get(house, house)}")
        if name:
            marks.append(f"name:{fold(name)}")
        number = next((seen[mark] for mark in marks if mark in seen), member.id)
        for mark in marks:
            seen.setdefault(mark, number)
        group[member.id] = number
    for member, _profile, _organisation in rows:
        if member.same_as_id in group:
            old, new = group[member.id], group[member.same_as_id]
            group = {one: new if number == old else number for one, number in group.items()}
    return group


def linked_organisations(session: Session) -> dict[int, int]:
    """Read which organisation is one with another: a university and its cooperation foundation."""
    query = select(OrganisationLink.organisation_id, OrganisationLink.linked_id).where(
        OrganisationLink.kind == "cooperation-foundation"
    )
    return {max(pair): min(pair) for pair in session.exec(query)}


def named_organisations(session: Session, rows: Sequence[Row]) -> dict[str, int]:
    """Find the organisations that partners from outside go by, by folded name; one query.

    A name that two organisations share, as acronyms do, says nothing.
    """
    names = {fold(member.organisation) for member, _profile, _ in rows if member.organisation}
    query = select(OrganisationName.folded, OrganisationName.organisation_id).where(
        col(OrganisationName.folded).in_(names)
    )
    found: dict[str, set[int]] = {}
    for name, house in session.exec(query):
        found.setdefault(name, set()).add(house)
    return {name: houses.pop() for name, houses in found.items() if len(houses) == 1}
