"""Registering: a stranger names an address and proves by a mailed link that it is theirs."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Account
from services.accounts import AddressTaken, Desk, add_account, find_account, normal_address
from services.accounts_passwords import check_password
from services.accounts_tokens import CONFIRM
from services.mail import Letter, post


@dataclass(frozen=True)
class Registration:
    """What a stranger enters to get an account."""

    email: str
    password: str
    language: str | None = None


def register(session: Session, desk: Desk, wish: Registration, now: datetime) -> None:
    """Make an account that waits to be confirmed, or tell the owner that there is one already.

    Nothing that comes back tells which of the two happened. Whoever registers an address again
    that was never confirmed sets a new password.

    Raises
    ------
    BadAddress, WeakPassword
    """
    address = normal_address(wish.email)
    check_password(wish.password, address)
    # Before the first query, so that no lock is held while this takes its time; and always.
    hashed = desk.passwords.hash(wish.password)
    account = find_account(session, address) or _add(session, address, hashed, wish, now)
    if account.confirmed_at is not None:
        tell_owner(session, desk, account, now)
        return
    account.password_hash = hashed
    session.flush()
    ask_to_confirm(session, desk, account, now)


def ask_to_confirm(session: Session, desk: Desk, account: Account, now: datetime) -> None:
    """Mail the link that confirms an account; at most one every five minutes and password."""
    token = desk.tokens.make(CONFIRM, account, now)
    letter = Letter(
        kind="confirm",
        event=f"confirm:{account.id}:{account.password_hash[-8:]}:{five_minutes(now)}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
        token=token,
    )
    post(session, desk.write, letter, now)


def account_to_confirm(session: Session, desk: Desk, token: str, now: datetime) -> Account:
    """Find the account that a link would confirm.

    Raises
    ------
    LinkDead
    """
    return desk.tokens.read(session, CONFIRM, token, now).account


def confirm(session: Session, desk: Desk, token: str, now: datetime) -> Account:
    """Confirm an account by its mailed link; a second time does nothing more.

    Raises
    ------
    LinkDead
    """
    account = account_to_confirm(session, desk, token, now)
    account.confirmed_at = account.confirmed_at or now
    session.flush()
    return account


def tell_owner(session: Session, desk: Desk, account: Account, now: datetime) -> None:
    """Tell the owner of an account, once a day, that somebody registered with the address."""
    letter = Letter(
        kind="already",
        event=f"already:{account.id}:{now:%Y-%m-%d}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
    )
    post(session, desk.write, letter, now)


def five_minutes(now: datetime) -> int:
    """Give the number of the five minutes around a moment: one mail of a kind goes out in each."""
    return int(now.timestamp()) // 300


def _add(session: Session, address: str, hashed: str, wish: Registration, now: datetime) -> Account:
    row = Account(email=address, password_hash=hashed, language=wish.language, created_at=now)
    try:
        return add_account(session, row)
    except AddressTaken:
        found = find_account(session, address)
        if found is None:
            raise
        return found
