"""A consortium for a file: its partners as the rules see them, and contact where they consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from models import Profile
from services.consortium_access import Workspace
from services.consortium_entities import Entity, team_of
from services.consortium_roles import roles_of_consortium


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner on a line; what may not be told is empty."""

    organisation: str
    pic: str
    same_entity_as: str
    country: str
    type: str
    side: str
    role: str
    coordinator: bool
    state: str
    name: str
    name_native: str
    contact: str
    consent: bool


def partner_rows(session: Session, at: Workspace, entities: Sequence[Entity]) -> list[PartnerRow]:
    """List the partners that count, in the order in which they came.

    The mail address of a person stands there only when they said so when they joined.
    """
    counted = [one for one in entities if one.counts]
    team = team_of(entities, at.consortium.letters)
    roles = {role.id: role.text for role in roles_of_consortium(session, at.consortium.id)}
    mails = _contacts(session, counted)
    return [
        PartnerRow(
            organisation=partner.organisation,
            pic=partner.pic,
            same_entity_as=partner.same_entity_as,
            country=partner.country,
            type=partner.type,
            side=one.side,
            role=roles.get(one.member.role_id, "") if one.member.role_id else "",
            coordinator=partner.coordinator,
            state=one.member.state,
            name=one.person.name if one.person else "",
            name_native=one.person.name_native if one.person else "",
            contact=mails.get(one.member.profile_id or 0, ""),
            consent=one.member.shows_contact,
        )
        for one, partner in zip(counted, team.partners, strict=True)
    ]


def as_file(at: Workspace, rows: Sequence[PartnerRow]) -> dict[str, Any]:
    """Give a consortium as ``rules check`` reads it, with what a person wants to know besides."""
    letters = {side: True for side, steps in at.consortium.letters.items() if "received" in steps}
    return {
        "title": at.consortium.title,
        "members": [
            {
                "organisation": row.organisation,
                **({"pic": row.pic} if row.pic else {}),
                **({"same_entity_as": row.same_entity_as} if row.same_entity_as else {}),
                "country": row.country,
                "type": row.type,
                "coordinator": row.coordinator,
                "side": row.side or None,
                "role": row.role or None,
                "state": row.state,
                "name": row.name or None,
                "name_native": row.name_native or None,
                "contact": row.contact or None,
                "contact_consent": row.consent,
            }
            for row in rows
        ],
        "letters_of_intent": letters,
    }


def _contacts(session: Session, counted: Sequence[Entity]) -> dict[int, str]:
    willing = [
        one.member.profile_id
        for one in counted
        if one.member.shows_contact and one.member.state == "joined"
    ]
    query = select(Profile.id, Profile.email).where(col(Profile.id).in_(willing))
    return dict(session.exec(query).all())
