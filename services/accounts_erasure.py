"""Deleting an account with everything that it says of its owner."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Account, Exclusion, Mail, Profile
from services.accounts import Desk, get_account
from services.consortium_closing import hand_over
from services.index_version import note_change
from services.landscape import redraw_without
from services.mail import FAREWELL, Letter, post
from services.meetings_gone import tell_partners
from services.mutual_news import forget_news_of
from services.registrant_files import forget_files
from services.roles import keep_an_administrator
from services.schedule_prints import forget_prints
from services.team_runs import forget_teams_of


def erase(session: Session, desk: Desk, account_id: int, now: datetime) -> None:
    """Delete an account: profile, participation, exclusions, passages, vectors, queued mails.

    The tables below ``account`` and ``profile`` follow by their foreign keys: reactions, meetings,
    messages, consents, pending imports. Whoever was to meet the person is told that the meeting is
    cancelled. Only a farewell stays in the queue, and goes when it is sent. Call
    ``web.erasing.leave_no_trace`` after the commit.

    Raises
    ------
    NotFound
    LastAdministrator
        When nobody would be left to administer.
    """
    account = get_account(session, account_id, locked=True)
    address, language = account.email, account.language
    keep_an_administrator(session, account_id)
    profiles = session.exec(select(Profile.id).where(Profile.account_id == account_id)).all()
    if profiles:
        note_change(session, profiles, gone=True)
        redraw_without(session, profiles)
    for profile_id in profiles:
        tell_partners(session, desk.write, profile_id, now)
        hand_over(session, desk.write, profile_id, now)
    session.exec(delete(Mail).where(col(Mail.recipient) == address))
    for profile_id in profiles:
        forget_news_of(session, profile_id)
        forget_teams_of(session, profile_id)
    forget_prints(session)
    # Somebody may have named the address in a private choice; the address goes with its owner.
    session.exec(delete(Exclusion).where(col(Exclusion.other_key) == address))
    # A file of people that waits to be taken in may hold anybody; it is soon sent again.
    forget_files(session)
    session.exec(delete(Account).where(col(Account.id) == account_id))
    farewell = Letter(
        kind="farewell",
        event=f"{FAREWELL}{secrets.token_hex(8)}",
        recipient=address,
        language=language,
    )
    post(session, desk.write, farewell, now)


def spellings(session: Session, account: Account) -> tuple[str, ...]:
    """List how somebody is named anywhere: the address, and the names of the profile."""
    profile = session.exec(select(Profile).where(Profile.account_id == account.id)).first()
    names = (profile.name, profile.name_native) if profile else ()
    return tuple(name for name in (account.email, *names) if name)
