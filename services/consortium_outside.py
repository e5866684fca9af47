"""Partners who are not in the forum, and what is said of a member by hand."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import ConsortiumMember
from services.consortium_access import Workspace, note
from services.consortium_members import find_member, refuse_full
from services.consortium_roles import find_role
from services.countries import country_code
from services.profile_values import (
    ORGANISATION_LIMIT,
    BadValue,
    organisation_type,
    pic,
    plain_text,
)


@dataclass(frozen=True, slots=True)
class OutsidePartner:
    """A partner who is not in the forum, as a coordinator writes it down."""

    organisation: str
    country: str
    type: str = ""
    pic: str = ""
    role_id: int | None = None
    same_as_id: int | None = None


def add_outside(
    session: Session, at: Workspace, wish: OutsidePartner, now: datetime, *, actor_id: int
) -> ConsortiumMember:
    """Write down a partner who is not in the forum.

    Raises
    ------
    BadValue, NotFound, TooManyMembers
    """
    refuse_full(session, at.consortium.id)
    member = ConsortiumMember(consortium_id=at.consortium.id, created_at=now)
    _describe(session, at, member, wish)
    if not member.organisation:
        raise BadValue("missing")
    session.add(member)
    session.flush()
    after: dict[str, object] = {"member": member.id, "country": member.country}
    note(session, at, "partner-added", now, actor_id=actor_id, after=after)
    return member


def describe_member(
    session: Session,
    at: Workspace,
    member_id: int,
    wish: OutsidePartner,
    now: datetime,
    *,
    actor_id: int,
) -> None:
    """Say of a member what the profile does not, or says otherwise: entity, country, PIC, role.

    Raises
    ------
    BadValue, NotFound
    """
    member = find_member(session, at, member_id)
    _describe(session, at, member, wish)
    if member.profile_id is None and not member.organisation:
        raise BadValue("missing")
    session.add(member)
    session.flush()
    after: dict[str, object] = {"member": member.id, "role": member.role_id}
    note(session, at, "member-described", now, actor_id=actor_id, after=after)


def _describe(
    session: Session, at: Workspace, member: ConsortiumMember, wish: OutsidePartner
) -> None:
    member.organisation = plain_text(wish.organisation, ORGANISATION_LIMIT)
    code = country_code(wish.country) if wish.country else ""
    if code is None:
        raise BadValue("unknown-country", value=wish.country[:40])
    member.country = code
    member.type = organisation_type(wish.type) or None
    member.pic = pic(wish.pic) or ""
    member.role_id = find_role(session, at, wish.role_id).id if wish.role_id else None
    same = find_member(session, at, wish.same_as_id).id if wish.same_as_id else None
    member.same_as_id = same if same != member.id else None
