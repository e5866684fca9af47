"""Taking a proposed team into the draft.

Public: ``take_team(session, at, viewer, team, role_ids, now, actor_id)``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, select

from models import ConsortiumMember
from services.consortium_access import Workspace, note
from services.consortium_members import IN_THE_TEAM
from services.consortium_planning import plan_person
from services.consortium_roles import roles_of_consortium
from services.teams import ProposedTeam
from services.visibility import Viewer


def take_team(
    session: Session,
    at: Workspace,
    viewer: Viewer,
    team: ProposedTeam,
    role_ids: Sequence[int],
    now: datetime,
    *,
    actor_id: int,
) -> None:
    """Write a team into the draft, each member with their role. Nobody is told.

    Who was only planned and is not in the team goes in reserve, so that nothing is lost. Who was
    asked or has joined stays, with the role they were asked for.

    Parameters
    ----------
    role_ids
        The draft's role behind each role number of the team; one that was taken out since is none.

    Raises
    ------
    NotFound
        When a member may no longer be shown. Roll back then.
    TooManyMembers
    """
    there = {role.id for role in roles_of_consortium(session, at.consortium.id)}
    wanted = {one.profile_id: role_ids[one.role] for one in team.members}
    roles = {one: role if role in there else None for one, role in wanted.items()}
    known = _people(session, at)
    for profile_id, member in known.items():
        if member.state == "planned" and not member.locked and profile_id not in roles:
            _into_reserve(session, at, member, now, actor_id)
    for profile_id, role in roles.items():
        present = known.get(profile_id)
        if present is None or present.state not in IN_THE_TEAM:
            if present is not None and present.state == "reserve":
                _out_of_reserve(session, present)
            plan_person(session, at, viewer, profile_id, now, actor_id=actor_id, role_id=role)
        elif present.state == "planned":
            present.role_id = role
            session.add(present)
    session.flush()


def _people(session: Session, at: Workspace) -> Mapping[int, ConsortiumMember]:
    query = select(ConsortiumMember).where(ConsortiumMember.consortium_id == at.consortium.id)
    return {one.profile_id: one for one in session.exec(query) if one.profile_id is not None}


def _into_reserve(
    session: Session, at: Workspace, member: ConsortiumMember, now: datetime, actor_id: int
) -> None:
    ranks = [one.rank or 0 for one in _people(session, at).values()]
    member.state, member.rank = "reserve", max(ranks, default=0) + 1
    session.add(member)
    session.flush()
    after: dict[str, object] = {"profile": member.profile_id, "role": member.role_id}
    note(session, at, "reserve", now, actor_id=actor_id, after=after)


def _out_of_reserve(session: Session, member: ConsortiumMember) -> None:
    """Make room for ``plan_person``, which refuses who is in the draft already."""
    member.state, member.rank = "left", None
    session.add(member)
    session.flush()
