"""A new account for an invited person: the letter's link has proved the address."""

from datetime import datetime

from sqlmodel import Session

from models import Account
from services.accounts import Desk, add_account, find_account
from services.accounts_passwords import check_password
from services.accounts_tokens import LinkDead
from services.invitation_answers import Invitation, accept


def open_account(
    session: Session,
    desk: Desk,
    invitation: Invitation,
    password: str,
    language: str | None,
    now: datetime,
) -> Account:
    """Open an account at the invited address, and give it the profile.

    An account that waits at this address unconfirmed loses the password that a stranger may have
    chosen for it.

    Raises
    ------
    WeakPassword
    LinkDead
        When the address has an account by now: its owner signs in.
    """
    address = invitation.profile.email
    check_password(password, address)
    account = find_account(session, address)
    if account is not None and account.confirmed_at is not None:
        raise LinkDead("the address has an account by now: sign in")
    hashed = desk.passwords.hash(password)
    if account is None:
        account = add_account(session, Account(email=address, password_hash=hashed, created_at=now))
    account.password_hash, account.confirmed_at = hashed, now
    account.language = account.language or language
    account.session_epoch += 1
    session.flush()
    accept(session, account, invitation, now)
    return account
