"""What people of a consortium are told by mail: that something waits, and a link; never content."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from models import Account, Consortium, ConsortiumMember, Profile
from services.mail import Letter, Write, post

INVITATION, ANSWERED, ENDED = "team-invitation", "team-answered", "team-ended"
_LEADING = ("coordinator", "co-coordinator")


def tell_invited(session: Session, write: Write, member: ConsortiumMember, now: datetime) -> None:
    """Tell somebody that they are asked into a consortium."""
    until = member.expires_at.isoformat() if member.expires_at else ""
    _tell(session, write, INVITATION, [member], now, {"invitation_id": member.id}, until)


def tell_ended(session: Session, write: Write, member: ConsortiumMember, now: datetime) -> None:
    """Tell somebody that an invitation, or their place in a consortium, is no more."""
    _tell(session, write, ENDED, [member], now, {}, "")


def tell_leading(
    session: Session, write: Write, consortium: Consortium, now: datetime, *, besides: int | None
) -> None:
    """Tell those who lead a consortium that an invitation was answered, or ended."""
    leading = session.exec(
        select(ConsortiumMember).where(
            ConsortiumMember.consortium_id == consortium.id,
            ConsortiumMember.state == "joined",
            col(ConsortiumMember.seat).in_(_LEADING),
            ConsortiumMember.profile_id != besides,
        )
    ).all()
    _tell(session, write, ANSWERED, leading, now, {"consortium_id": consortium.id}, "")


def _tell(
    session: Session,
    write: Write,
    kind: str,
    members: Iterable[ConsortiumMember],
    now: datetime,
    place: dict[str, int | str],
    until: str,
) -> None:
    ids = [member.profile_id for member in members if member.profile_id is not None]
    accounts = session.exec(
        select(Profile.id, Account)
        .join(Account, col(Account.id) == Profile.account_id)
        .where(col(Profile.id).in_(ids))
    ).all()
    for profile_id, account in accounts:
        letter = Letter(
            kind=kind,
            event=f"{kind}:{'-'.join(map(str, place.values()))}:{profile_id}:{now.timestamp():.6f}",
            recipient=account.email,
            account_id=account.id,
            language=account.language,
            facts={"until": until},
            place=place,
        )
        post(session, write, letter, now)
