"""Writing people into a draft, before anybody is asked."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from models import ConsortiumMember, Participation, Profile
from services.consortium_access import Workspace, note
from services.consortium_members import PEOPLE, AlreadyIn, refuse_full
from services.consortium_roles import find_role
from services.errors import NotFound
from services.exclusions_between import apart_from_any
from services.visibility import Viewer, visible_in


def plan_person(
    session: Session,
    at: Workspace,
    viewer: Viewer,
    profile_id: int,
    now: datetime,
    *,
    actor_id: int,
    role_id: int | None = None,
    reserve: bool = False,
) -> ConsortiumMember:
    """Write somebody into the draft, or behind others as a reserve. They are not told yet.

    Whoever left, declined or let an invitation expire may be planned again.

    Raises
    ------
    NotFound
        When the person is nobody whom the viewer may see in the edition, or somebody whom a private
        choice keeps from one of the team: the two look alike.
    AlreadyIn, TooManyMembers
    """
    _refuse_unseen(session, at, viewer, profile_id)
    role = find_role(session, at, role_id) if role_id is not None else None
    member = session.exec(
        select(ConsortiumMember).where(
            ConsortiumMember.consortium_id == at.consortium.id,
            ConsortiumMember.profile_id == profile_id,
        )
    ).first()
    if member is not None and member.state in PEOPLE:
        raise AlreadyIn("this person is in the draft already")
    if member is None:
        refuse_full(session, at.consortium.id)
        member = ConsortiumMember(
            consortium_id=at.consortium.id, profile_id=profile_id, created_at=now
        )
    member.role_id = role.id if role else None
    member.state = "reserve" if reserve else "planned"
    member.rank = _next_rank(session, at.consortium.id) if reserve else None
    member.reason, member.answered_at, member.expires_at = "", None, None
    session.add(member)
    session.flush()
    after: dict[str, object] = {"profile": profile_id, "role": role_id}
    note(session, at, f"{member.state}", now, actor_id=actor_id, after=after)
    return member


def _refuse_unseen(session: Session, at: Workspace, viewer: Viewer, profile_id: int) -> None:
    seen = session.exec(
        select(Profile.id)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .where(
            Profile.id == profile_id,
            Participation.edition_id == at.edition.id,
            visible_in(at.edition.id, viewer),
        )
    ).first()
    team = select(ConsortiumMember.profile_id).where(
        ConsortiumMember.consortium_id == at.consortium.id,
        col(ConsortiumMember.state).in_(PEOPLE),
        col(ConsortiumMember.profile_id).is_not(None),
    )
    people = [one for one in session.exec(team) if one is not None]
    if seen is None or apart_from_any(session, people, [profile_id]):
        raise NotFound("there is nobody of that number to ask")


def _next_rank(session: Session, consortium_id: int) -> int:
    query = select(func.max(ConsortiumMember.rank)).where(
        ConsortiumMember.consortium_id == consortium_id
    )
    return (session.exec(query).one() or 0) + 1
