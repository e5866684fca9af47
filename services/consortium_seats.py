"""Who is kept, who coordinates the proposal, and what each may do in the workspace."""

from datetime import datetime

from sqlmodel import Session, select

from models import ConsortiumMember
from models.consortium import SEATS
from services.consortium_access import Workspace, note
from services.consortium_members import StillLeads, find_member
from services.errors import NotFound
from services.profile_values import BadValue


def mark_member(
    session: Session,
    at: Workspace,
    member_id: int,
    now: datetime,
    *,
    actor_id: int,
    locked: bool | None = None,
    coordinates: bool | None = None,
) -> None:
    """Keep somebody in every proposed team, or name who coordinates the proposal.

    Raises
    ------
    NotFound
    """
    member = find_member(session, at, member_id)
    marks = {"locked": locked, "coordinates": coordinates}
    given = {name: value for name, value in marks.items() if value is not None}
    for name, value in given.items():
        setattr(member, name, value)
    session.add(member)
    after: dict[str, object] = {"member": member.id, **given}
    note(session, at, "marked", now, actor_id=actor_id, after=after)


def give_seat(
    session: Session, at: Workspace, member_id: int, seat: str, now: datetime, *, actor_id: int
) -> None:
    """Give somebody who joined another seat in the workspace.

    Raises
    ------
    NotFound, BadValue
    StillLeads
        When nobody would be left to coordinate.
    """
    member = find_member(session, at, member_id)
    if seat not in SEATS:
        raise BadValue("not-one-of", value=seat[:20], known=", ".join(SEATS))
    if member.profile_id is None or member.state not in ("joined", "planned"):
        raise NotFound("only people who joined have a seat")
    if member.seat == "coordinator" and seat != "coordinator":
        keep_a_coordinator(session, at, member)
    before: dict[str, object] = {"seat": member.seat}
    member.seat = seat
    session.add(member)
    after: dict[str, object] = {"profile": member.profile_id, "seat": seat}
    note(session, at, "seat-given", now, actor_id=actor_id, before=before, after=after)


def keep_a_coordinator(session: Session, at: Workspace, member: ConsortiumMember) -> None:
    """Refuse to lose the last coordinator.

    Raises
    ------
    StillLeads
    """
    others = select(ConsortiumMember.id).where(
        ConsortiumMember.consortium_id == at.consortium.id,
        ConsortiumMember.state == "joined",
        ConsortiumMember.seat == "coordinator",
        ConsortiumMember.id != member.id,
    )
    if session.exec(others).first() is None:
        raise StillLeads("hand the consortium over first")
