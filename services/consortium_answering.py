"""Answers to invitations: yes, no, or none in time; and leaving a consortium."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Consortium, ConsortiumMember
from services.audit import record
from services.consortium_access import Workspace, note
from services.consortium_inviting import step_in
from services.consortium_letters import tell_ended, tell_leading
from services.consortium_members import find_member, subject_of
from services.consortium_seats import keep_a_coordinator
from services.errors import NotFound, ServiceError
from services.mail import Write


class InvitationClosed(ServiceError):
    """An invitation that was answered, taken back, or not answered in time."""

    code = "invitation-closed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answers; ``shows_contact``: whether the team may see how to reach them."""

    accepts: bool
    shows_contact: bool = False


def find_invitation(session: Session, member_id: int, profile_id: int | None) -> ConsortiumMember:
    """Find somebody's own invitation, whatever became of it.

    Raises
    ------
    NotFound
    """
    member = session.get(ConsortiumMember, member_id)
    if member is None or member.profile_id != profile_id or member.invited_at is None:
        raise NotFound("there is no such invitation")
    return member


def answer_invitation(
    session: Session,
    write: Write,
    member: ConsortiumMember,
    given: Answer,
    now: datetime,
    *,
    actor_id: int,
) -> ConsortiumMember | None:
    """Accept or decline; who leads the team is told, and the next reserve is asked.

    Returns
    -------
    The reserve who stepped in, if one did.

    Raises
    ------
    InvitationClosed
    """
    state = "joined" if given.accepts else "declined"
    _close(session, member, state, now)
    member.shows_contact = given.accepts and given.shows_contact
    session.add(member)
    consortium = session.get_one(Consortium, member.consortium_id)
    after = {"profile": member.profile_id}
    about = subject_of(consortium)
    record(session, consortium.edition_id, state, about, now, actor_id=actor_id, after=after)
    consortium.changed_at = now
    tell_leading(session, write, consortium, now, besides=member.profile_id)
    return None if given.accepts else step_in(session, write, member, now)


def expire_invitations(session: Session, write: Write, now: datetime) -> int:
    """Close the invitations whose time is over, and ask reserves; returns how many were closed."""
    query = select(ConsortiumMember).where(
        ConsortiumMember.state == "invited", col(ConsortiumMember.expires_at) <= now
    )
    due: Sequence[ConsortiumMember] = session.exec(query).all()
    for member in due:
        member.state, member.answered_at = "expired", now
        session.add(member)
        consortium = session.get_one(Consortium, member.consortium_id)
        after = {"profile": member.profile_id}
        about = subject_of(consortium)
        record(session, consortium.edition_id, "expired", about, now, actor_id=None, after=after)
        tell_leading(session, write, consortium, now, besides=None)
        step_in(session, write, member, now)
    session.flush()
    return len(due)


def take_out(
    session: Session, write: Write, at: Workspace, member_id: int, now: datetime, *, actor_id: int
) -> None:
    """Take somebody out of the draft; who was asked or had joined is told.

    Raises
    ------
    NotFound
    StillLeads
        When it is the last coordinator.
    """
    member = find_member(session, at, member_id)
    before: dict[str, object] = {"profile": member.profile_id, "state": member.state}
    if member.seat == "coordinator" and member.state == "joined":
        keep_a_coordinator(session, at, member)
    known = member.profile_id is not None and member.state in ("invited", "joined")
    if known:
        tell_ended(session, write, member, now)
        member.state, member.answered_at = "left", now
        session.add(member)
    else:
        session.delete(member)
    session.flush()
    note(session, at, "taken-out", now, actor_id=actor_id, before=before)


def leave(session: Session, write: Write, at: Workspace, now: datetime, *, actor_id: int) -> None:
    """Leave a consortium; those who lead it are told, and the next reserve is asked.

    Raises
    ------
    StillLeads
        When nobody would be left to coordinate.
    """
    if at.me.seat == "coordinator":
        keep_a_coordinator(session, at, at.me)
    at.me.state, at.me.answered_at, at.me.shows_contact = "left", now, False
    session.add(at.me)
    after: dict[str, object] = {"profile": at.me.profile_id}
    note(session, at, "left", now, actor_id=actor_id, after=after)
    tell_leading(session, write, at.consortium, now, besides=at.me.profile_id)
    step_in(session, write, at.me, now)


def _close(session: Session, member: ConsortiumMember, state: str, now: datetime) -> None:
    """Move an invitation on, if it is open; of two answers at once only one does."""
    done = session.exec(
        update(ConsortiumMember)
        .where(
            col(ConsortiumMember.id) == member.id,
            col(ConsortiumMember.state) == "invited",
            col(ConsortiumMember.expires_at) > now,
        )
        .values(state=state, answered_at=now)
    )
    if not done.rowcount:
        raise InvitationClosed("this invitation is no longer open")
    session.refresh(member)
