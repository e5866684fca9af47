"""Handing a draft in, withdrawing and opening it again; and what becomes of it when people go."""

from datetime import datetime

from sqlmodel import Session, col, select

from models import Consortium, ConsortiumMember
from services.consortium_access import DRAFT, JOINED, SUBMITTED, WITHDRAWN, Workspace, note
from services.consortium_letters import tell_ended
from services.errors import NotAllowed
from services.mail import Write

_HEIRS = ("co-coordinator", "member", "reader")


def set_state(
    session: Session, write: Write, at: Workspace, state: str, now: datetime, *, actor_id: int
) -> None:
    """Hand a draft in, withdraw it, or open it again. Invitations that wait end with a letter.

    Raises
    ------
    NotAllowed
        When the state is none that one can set; a merged draft stays merged.
    """
    before = at.consortium.state
    if state not in (DRAFT, SUBMITTED, WITHDRAWN) or before not in (DRAFT, SUBMITTED, WITHDRAWN):
        raise NotAllowed("a draft is handed in, withdrawn, or opened again")
    if state == before:
        return
    at.consortium.state = state
    if state != DRAFT:
        _end_waiting(session, write, at.consortium.id, now)
    note(
        session,
        at,
        state if state != DRAFT else "reopened",
        now,
        actor_id=actor_id,
        before={"state": before},
        after={"state": state},
    )


def hand_over(session: Session, write: Write, profile_id: int, now: datetime) -> None:
    """See to it that every consortium keeps a coordinator when somebody is about to be erased.

    The first co-coordinator follows, else the first member; with nobody left the draft goes, too.
    """
    mine = session.exec(
        select(ConsortiumMember).where(
            ConsortiumMember.profile_id == profile_id,
            ConsortiumMember.state == JOINED,
            ConsortiumMember.seat == "coordinator",
        )
    ).all()
    for seat in mine:
        others = session.exec(
            select(ConsortiumMember).where(
                ConsortiumMember.consortium_id == seat.consortium_id,
                ConsortiumMember.state == JOINED,
                col(ConsortiumMember.profile_id).is_not(None),
                ConsortiumMember.profile_id != profile_id,
            )
        ).all()
        if any(one.seat == "coordinator" for one in others):
            continue
        heirs = sorted(others, key=lambda one: (_HEIRS.index(one.seat), one.id))
        if heirs:
            heirs[0].seat = "coordinator"
            session.add(heirs[0])
        else:
            _end_waiting(session, write, seat.consortium_id, now)
            session.delete(session.get_one(Consortium, seat.consortium_id))
    session.flush()


def _end_waiting(session: Session, write: Write, consortium_id: int, now: datetime) -> None:
    waiting = select(ConsortiumMember).where(
        ConsortiumMember.consortium_id == consortium_id, ConsortiumMember.state == "invited"
    )
    for member in session.exec(waiting).all():
        tell_ended(session, write, member, now)
        member.state, member.answered_at = "expired", now
        session.add(member)
    session.flush()
