"""Asking people into a consortium; reserves step in when somebody does not come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models import Call, Consortium, ConsortiumMember, Edition, Profile
from services.audit import record
from services.consortium_access import DRAFT, Workspace, note
from services.consortium_letters import tell_invited
from services.consortium_members import find_member, subject_of
from services.errors import NotFound, ServiceError
from services.mail import Write
from services.profile_values import BadValue, plain_text
from services.request_limits import willingness_of

REASON_LIMIT = 1000
USUAL_DAYS, MOST_DAYS = 14, 60
_SEATS = ("co-coordinator", "member", "reader")


class RequestsFull(ServiceError):
    """As many requests wait for this person as they let wait at once."""

    code = "requests-full"


@dataclass(frozen=True, slots=True)
class Ask:
    """What an invitation says: why this person, for how long it is open, and the seat."""

    reason: str
    days: int = USUAL_DAYS
    seat: str = "member"


def invite(
    session: Session,
    write: Write,
    at: Workspace,
    member_id: int,
    ask: Ask,
    now: datetime,
    *,
    actor_id: int,
) -> ConsortiumMember:
    """Ask somebody who is planned; they see the reason, the role, and what the team builds.

    Raises
    ------
    NotFound
        When it is nobody who can be asked.
    BadValue
        When there is no reason.
    RequestsFull
    """
    member = find_member(session, at, member_id)
    if member.profile_id is None or member.state not in ("planned", "reserve"):
        raise NotFound("there is nobody to ask")
    _prepare(member, ask)
    _send(session, write, at.consortium, at.edition, member, ask.days, now)
    after: dict[str, object] = {"profile": member.profile_id, "role": member.role_id}
    note(session, at, "invited", now, actor_id=actor_id, after=after)
    return member


def prepare_reserve(session: Session, at: Workspace, member_id: int, ask: Ask) -> None:
    """Write down what a reserve is told when they step in.

    Raises
    ------
    NotFound, BadValue
    """
    member = find_member(session, at, member_id)
    if member.state != "reserve":
        raise NotFound("there is no such reserve")
    _prepare(member, ask)
    session.add(member)
    session.flush()


def step_in(
    session: Session, write: Write, gone: ConsortiumMember, now: datetime
) -> ConsortiumMember | None:
    """Ask the next reserve for the role of somebody who does not come; None when there is nobody.

    Whoever may not be asked now, or has no reason written down, is passed over and stays a reserve.
    """
    consortium = session.get_one(Consortium, gone.consortium_id)
    edition = session.get_one(Edition, consortium.edition_id)
    if consortium.state != DRAFT:
        return None
    query = select(ConsortiumMember).where(
        ConsortiumMember.consortium_id == consortium.id,
        ConsortiumMember.state == "reserve",
        ConsortiumMember.role_id == gone.role_id,
        ConsortiumMember.reason != "",
    )
    for reserve in session.exec(query.order_by(col(ConsortiumMember.rank))).all():
        try:
            _send(session, write, consortium, edition, reserve, USUAL_DAYS, now)
        except (RequestsFull, NotFound):
            continue
        after = {"profile": reserve.profile_id, "instead_of": gone.profile_id}
        about = subject_of(consortium)
        record(session, edition.id, "stepped-in", about, now, actor_id=None, after=after)
        return reserve
    return None


def _prepare(member: ConsortiumMember, ask: Ask) -> None:
    reason = plain_text(ask.reason, REASON_LIMIT)
    if not reason:
        raise BadValue("missing")
    if ask.seat not in _SEATS:
        raise BadValue("not-one-of", value=ask.seat[:20], known=", ".join(_SEATS))
    member.reason, member.seat = reason, ask.seat


def _send(
    session: Session,
    write: Write,
    consortium: Consortium,
    edition: Edition,
    member: ConsortiumMember,
    days: int,
    now: datetime,
) -> None:
    profile = session.get(Profile, member.profile_id)
    if profile is None or profile.account_id is None:
        raise NotFound("there is nobody to ask")
    if not willingness_of(session, edition, [profile.id], now)[profile.id].may_be_asked:
        raise RequestsFull("as many requests wait for this person as may at once")
    member.state, member.invited_at, member.rank = "invited", now, None
    member.expires_at = now + timedelta(days=min(max(days, 1), MOST_DAYS))
    call = session.get(Call, consortium.call_id) if consortium.call_id else None
    if call is not None and call.deadline_at is not None and call.deadline_at > now:
        member.expires_at = min(member.expires_at, call.deadline_at)
    session.add(member)
    session.flush()
    tell_invited(session, write, member, now)
