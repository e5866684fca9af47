"""Two drafts become one: the one offers, who leads the other agrees."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Consortium, ConsortiumMember, ConsortiumNote, ConsortiumRole, ConsortiumTask
from services.consortium_access import DRAFT, JOINED, MERGED, Workspace, note
from services.consortium_members import PEOPLE
from services.errors import NotFound
from services.exclusions_between import apart_from_any


def others_for_call(session: Session, at: Workspace) -> Sequence[tuple[Consortium, int | None]]:
    """List who else builds for the call and lets it be known, with a coordinator's profile id.

    Nobody is named who is kept from the reader by a private choice.
    """
    if at.consortium.call_id is None:
        return ()
    rows = session.exec(
        select(Consortium, ConsortiumMember.profile_id)
        .join(ConsortiumMember, col(ConsortiumMember.consortium_id) == Consortium.id)
        .where(
            Consortium.call_id == at.consortium.call_id,
            Consortium.id != at.consortium.id,
            Consortium.state == DRAFT,
            col(Consortium.listed).is_(True),
            ConsortiumMember.state == JOINED,
            ConsortiumMember.seat == "coordinator",
        )
        .order_by(col(Consortium.id), col(ConsortiumMember.id))
    ).all()
    leads = [one for _, one in rows if one is not None]
    apart = apart_from_any(session, [at.profile_id], leads)
    found = {draft.id: (draft, lead) for draft, lead in reversed(rows) if lead not in apart}
    return sorted(found.values(), key=lambda one: one[0].id)


def offers_to(session: Session, at: Workspace) -> Sequence[Consortium]:
    """List the drafts that offer to become part of this one."""
    query = select(Consortium).where(
        Consortium.merge_into_id == at.consortium.id, Consortium.state == DRAFT
    )
    return session.exec(query.order_by(col(Consortium.id))).all()


def offer_merge(
    session: Session, at: Workspace, into_id: int | None, now: datetime, *, actor_id: int
) -> None:
    """Offer to become part of another draft for the same call; None takes the offer back.

    Raises
    ------
    NotFound
    """
    known = {draft.id for draft, _lead in others_for_call(session, at)}
    if into_id is not None and into_id not in known:
        raise NotFound("there is no such draft for this call")
    at.consortium.merge_into_id = into_id
    after: dict[str, object] = {"into": into_id}
    note(session, at, "merge-offered", now, actor_id=actor_id, after=after)


def accept_merge(
    session: Session, at: Workspace, from_id: int, now: datetime, *, actor_id: int
) -> None:
    """Take another draft in: its people, parts, team notes and tasks. It stays as a closed record.

    Somebody in both keeps the place they have here; a coordinator of the other is co-coordinator.
    Notes that somebody wrote for themself come along, for that one alone.

    Raises
    ------
    NotFound
    """
    other = session.get(Consortium, from_id)
    if other is None or other.state != DRAFT or other.merge_into_id != at.consortium.id:
        raise NotFound("this draft does not offer to be merged")
    roles = _move_roles(session, at, other)
    for member in _members(session, other.id):
        _move_member(session, at, member, roles)
    for table in (ConsortiumNote, ConsortiumTask):
        moved = update(table).where(col(table.consortium_id) == other.id)
        session.exec(moved.values(consortium_id=at.consortium.id))
    other.state, other.changed_at = MERGED, now
    session.add(other)
    note(session, at, "merged", now, actor_id=actor_id, after={"from": other.id})


def _move_roles(session: Session, at: Workspace, other: Consortium) -> dict[int, int]:
    """Bring the other's parts along, each once; gives the new part of each old one."""
    query = select(ConsortiumRole).order_by(col(ConsortiumRole.position))
    here = session.exec(query.where(ConsortiumRole.consortium_id == at.consortium.id)).all()
    known = {role.text.casefold(): role.id for role in here}
    moved = {}
    for role in session.exec(query.where(ConsortiumRole.consortium_id == other.id)).all():
        same = known.get(role.text.casefold())
        if same is None:
            role.consortium_id, role.position = at.consortium.id, len(known)
            known[role.text.casefold()] = role.id
            session.add(role)
        moved[role.id] = same or role.id
    return moved


def _move_member(
    session: Session,
    at: Workspace,
    member: ConsortiumMember,
    roles: dict[int, int],
) -> None:
    here = {one.profile_id: one for one in _members(session, at.consortium.id)}
    double = here.get(member.profile_id) if member.profile_id is not None else None
    if member.state not in PEOPLE:
        return
    if double is not None:
        if double.state == JOINED or member.state != JOINED:
            return
        session.delete(double)
        session.flush()
    member.consortium_id = at.consortium.id
    member.role_id = roles.get(member.role_id) if member.role_id is not None else None
    member.coordinates = False
    if member.seat == "coordinator":
        member.seat = "co-coordinator"
    session.add(member)
    session.flush()


def _members(session: Session, consortium_id: int) -> Sequence[ConsortiumMember]:
    query = select(ConsortiumMember).where(ConsortiumMember.consortium_id == consortium_id)
    return session.exec(query.order_by(col(ConsortiumMember.id))).all()
