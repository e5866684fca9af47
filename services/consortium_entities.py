"""The members of a consortium as legal entities: what is known of each, and which are one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaking.eligibility_consortium import Consortium as Team
from matchmaking.eligibility_consortium import Partner
from models import ConsortiumMember, Organisation, Profile
from services.consortium_access import Workspace
from services.consortium_entity_groups import (
    entity_groups,
    linked_organisations,
    named_organisations,
)
from services.editions import sides
from services.people import PersonLine, person_lines
from services.visibility import Viewer

COUNTED = ("planned", "invited", "joined")
"""States in which a member counts for the rules; a reserve or who declined does not."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A member with its organisation, as a viewer may see it.

    ``group`` is the same for members who are one legal entity; ``label`` names the organisation and
    is never empty. ``side`` is where its country stands in the edition, empty for neither.
    """

    member: ConsortiumMember
    person: PersonLine | None
    label: str
    country: str
    type: str
    pic: str
    side: str
    group: int

    @property
    def counts(self) -> bool:
        """Tell whether the rules count it: readers are no partners."""
        return self.member.state in COUNTED and self.member.seat != "reader"


def entities_in(session: Session, at: Workspace, viewer: Viewer) -> list[Entity]:
    """Read a consortium's members, in the order in which they came; seven queries."""
    rows = session.exec(
        select(ConsortiumMember, Profile, Organisation)
        .join(Profile, col(Profile.id) == ConsortiumMember.profile_id, isouter=True)
        .join(Organisation, col(Organisation.id) == Profile.organisation_id, isouter=True)
        .where(ConsortiumMember.consortium_id == at.consortium.id)
        .order_by(col(ConsortiumMember.id))
    ).all()
    people = [profile.id for _member, profile, _ in rows if profile is not None]
    lines = person_lines(session, people, viewer)
    side_of = sides(session, at.edition.id)
    groups = entity_groups(rows, linked_organisations(session), named_organisations(session, rows))
    return [
        _entity(member, profile, organisation, lines, side_of, groups[member.id])
        for member, profile, organisation in rows
    ]


def team_of(entities: Sequence[Entity], letters: Mapping[str, Sequence[str]]) -> Team:
    """Give the members that count as the rules see them."""
    counted = [one for one in entities if one.counts]
    first: dict[int, str] = {}
    partners = []
    for one in counted:
        same = first.setdefault(one.group, one.label)
        partners.append(
            Partner(
                organisation=one.label,
                country=one.country,
                type=one.type,
                pic=one.pic,
                same_entity_as="" if same == one.label else same,
                coordinator=one.member.coordinates,
            )
        )
    there = {side: True for side in ("left", "right") if "received" in letters.get(side, ())}
    return Team(tuple(partners), there)


def _entity(
    member: ConsortiumMember,
    profile: Profile | None,
    organisation: Organisation | None,
    lines: Mapping[int, PersonLine],
    side_of: Mapping[str, str],
    group: int,
) -> Entity:
    line = lines[profile.id] if profile is not None else None
    shown = member.organisation or (line.organisation if line else "")
    country = member.country or (organisation.country if organisation else "")
    country = country or ((profile.country or "") if profile else "")
    kind = member.type or (organisation.type if organisation else None)
    kind = kind or (profile.organisation_type if profile else None) or "other"
    pic = member.pic or (organisation.pic if organisation and shown else None) or ""
    home = (profile.country or country) if profile else country
    side = side_of.get(home, "")
    return Entity(member, line, shown or f"#{member.id}", country, kind, pic, side, group)
