"""Changing the password or the address of an account.

Both end every other session of the account and tell its owner by mail.
"""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from models import Account, Profile
from services.accounts import Desk, find_account, get_account, normal_address
from services.accounts_passwords import check_password
from services.accounts_registration import five_minutes
from services.accounts_tokens import MOVE, RESET, LinkDead
from services.errors import NotFound
from services.mail import Letter, post


def change_password(
    session: Session, desk: Desk, account_id: int, password: str, now: datetime
) -> Account:
    """Set a new password; the door has checked the old one.

    Raises
    ------
    NotFound, WeakPassword
    """
    # Before the first query, so that no lock is held while this takes its time.
    hashed = desk.passwords.hash(password)
    account = get_account(session, account_id)
    check_password(password, account.email)
    _set_password(session, desk, account, hashed, now)
    return account


def set_password(session: Session, desk: Desk, email: str, password: str, now: datetime) -> Account:
    """Set the password of an address, as an administrator does.

    Raises
    ------
    NotFound, WeakPassword
    """
    account = find_account(session, email)
    if account is None:
        raise NotFound(f"{email} has no account; make one with: account create {email}")
    return change_password(session, desk, account.id, password, now)


def ask_reset(session: Session, desk: Desk, email: str, now: datetime) -> None:
    """Mail a link that sets a new password, if the address has an account; nothing tells."""
    desk.passwords.spend_time()
    account = find_account(session, email)
    if account is None:
        return
    letter = Letter(
        kind="reset",
        event=f"reset:{account.id}:{account.password_hash[-8:]}:{five_minutes(now)}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
        token=desk.tokens.make(RESET, account, now),
    )
    post(session, desk.write, letter, now)


def account_to_reset(session: Session, desk: Desk, token: str, now: datetime) -> Account:
    """Find the account whose password a link would set.

    Raises
    ------
    LinkDead
    """
    return desk.tokens.read(session, RESET, token, now).account


def reset(session: Session, desk: Desk, token: str, password: str, now: datetime) -> Account:
    """Set a new password by a mailed link; it confirms the address and lifts a lock-out too.

    Raises
    ------
    LinkDead, WeakPassword
    """
    hashed = desk.passwords.hash(password)
    account = account_to_reset(session, desk, token, now)
    check_password(password, account.email)
    account.confirmed_at = account.confirmed_at or now
    _set_password(session, desk, account, hashed, now)
    return account


def ask_move(session: Session, desk: Desk, account_id: int, email: str, now: datetime) -> None:
    """Mail a link to a new address; the account stays at the old one until it is opened.

    If the new address has an account, its owner is told and nothing else happens.

    Raises
    ------
    BadAddress, NotFound
    """
    address = normal_address(email)
    account = get_account(session, account_id)
    if address == account.email:
        return
    taken = find_account(session, address)
    letter = Letter(
        kind="move-taken" if taken else "move",
        event=f"move:{account.id}:{five_minutes(now)}:{address}"[:120],
        recipient=address,
        account_id=taken.id if taken else account.id,
        language=taken.language if taken else account.language,
        token="" if taken else desk.tokens.make(MOVE, account, now, address),
    )
    post(session, desk.write, letter, now)


def address_to_move_to(session: Session, desk: Desk, token: str, now: datetime) -> str:
    """Find the new address that a link would give its account.

    Raises
    ------
    LinkDead
    """
    return desk.tokens.read(session, MOVE, token, now).address


def move(session: Session, desk: Desk, token: str, now: datetime) -> Account:
    """Give an account the address that a mailed link proved; the old one gets a notice.

    The address on the account's profile follows if it was the same.

    Raises
    ------
    LinkDead
        Also when somebody else registered the new address in the meantime.
    """
    claim = desk.tokens.read(session, MOVE, token, now)
    account, old = get_account(session, claim.account.id, locked=True), claim.account.email
    if find_account(session, claim.address) is not None:
        raise LinkDead("the new address has an account of its own by now")
    notice = Letter(
        kind="moved",
        event=f"moved:{account.id}:{account.session_epoch}",
        recipient=old,
        account_id=account.id,
        language=account.language,
    )
    account.email = claim.address
    account.session_epoch += 1
    mine = col(Profile.account_id) == account.id, col(Profile.email) == old
    session.exec(update(Profile).where(*mine).values(email=account.email))
    post(session, desk.write, notice, now)
    return account


def _set_password(
    session: Session, desk: Desk, account: Account, hashed: str, now: datetime
) -> None:
    account.password_hash = hashed
    account.session_epoch += 1
    account.failed_sign_ins, account.locked_until = 0, None
    session.flush()
    if account.confirmed_at is None:
        return
    notice = Letter(
        kind="password-changed",
        event=f"password-changed:{account.id}:{account.session_epoch}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
    )
    post(session, desk.write, notice, now)
