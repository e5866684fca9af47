"""Ending the mails that somebody may do without, by a link and without signing in.

It holds for the person and for the address, in every edition, also when the person is brought in
from a file again. Whoever has an account and agrees to mails later gets them again.
"""

from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from models import Account, Mail, Profile, Unsubscription
from services.address_keys import ACCOUNT, PROFILE, Ticket
from services.consents import withdraw
from services.consents_reading import MAILS


def unsubscribe(session: Session, ticket: Ticket, language: str, now: datetime) -> None:
    """Write down that somebody wants no such mails, and take back those that wait.

    Parameters
    ----------
    language
        In which the page was read; it goes into the ledger of an account's consents.
    """
    profile, account = _people(session, ticket)
    row = session.get(Unsubscription, ticket.key) or Unsubscription(key=ticket.key, at=now)
    row.at = now
    row.profile_id = profile.id if profile is not None else row.profile_id
    session.add(row)
    if account is not None:
        withdraw(session, account.id, (MAILS,), language, now)
    if profile is not None:
        waiting = col(Mail.profile_id) == profile.id, col(Mail.state) == "waiting"
        session.execute(delete(Mail).where(*waiting, col(Mail.mailing_id).is_not(None)))
    session.flush()


def subscribe_again(session: Session, ticket: Ticket) -> bool:
    """Take an unsubscription back; False for somebody with an account, who agrees there instead."""
    profile, account = _people(session, ticket)
    if account is not None:
        return False
    about = [col(Unsubscription.key) == ticket.key]
    if profile is not None:
        about.append(col(Unsubscription.profile_id) == profile.id)
    session.execute(delete(Unsubscription).where(or_(*about)))
    session.flush()
    return True


def has_account(session: Session, ticket: Ticket) -> bool:
    """Tell whether a ticket is about somebody with an account."""
    return _people(session, ticket)[1] is not None


def _people(session: Session, ticket: Ticket) -> tuple[Profile | None, Account | None]:
    """Find whose profile and account a ticket is about, as far as they are still there."""
    mine = Profile.id if ticket.kind == PROFILE else Profile.account_id
    profile = session.exec(select(Profile).where(mine == ticket.id)).first()
    number = profile.account_id if profile is not None else None
    if ticket.kind == ACCOUNT:
        number = ticket.id
    account = session.get(Account, number) if number is not None else None
    return profile, account
