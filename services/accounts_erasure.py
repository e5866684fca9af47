"""Deleting an account with everything that it says of its owner."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Account, Exclusion, Mail, Profile
from services.accounts import Desk, get_account
from services.index_version import note_change
from services.mail import FAREWELL, Letter, post
from services.mutual_news import forget_news_of
from services.roles import keep_an_administrator


def erase(session: Session, desk: Desk, account_id: int, now: datetime) -> None:
    """Delete an account: profile, participation, exclusions, passages, vectors, queued mails.

    The tables below ``account`` and ``profile`` follow by their foreign keys. Only a farewell stays
    in the queue, and goes when it is sent.

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
    session.exec(delete(Mail).where(col(Mail.recipient) == address))
    for profile_id in profiles:
        forget_news_of(session, profile_id)
    # Somebody may have named the address in a private choice; the address goes with its owner.
    session.exec(delete(Exclusion).where(col(Exclusion.other_key) == address))
    session.exec(delete(Account).where(col(Account.id) == account_id))
    farewell = Letter(
        kind="farewell",
        event=f"{FAREWELL}{secrets.token_hex(8)}",
        recipient=address,
        language=language,
    )
    post(session, desk.write, farewell, now)
