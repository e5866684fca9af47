"""Signing in, and the lock-out after too many wrong passwords.

In three steps, so that no lock on the database is held while a password is checked: ``look_up``,
``Passwords.matches`` with what it gave, ``settle``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, literal, update
from sqlmodel import Session, col

from models import Account
from models.base import UtcDateTime
from services.accounts import Desk, find_account, get_account
from services.accounts_passwords import Passwords
from services.accounts_registration import ask_to_confirm

TRIES = 10
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Known:
    """What is kept of an address that somebody signs in with; None where there is no account."""

    account_id: int | None = None
    password_hash: str | None = None


@dataclass(frozen=True)
class Proof:
    """What came of checking a password: whether it matched, and a newer hash if one is due."""

    matched: bool
    renewed_hash: str | None = None


def look_up(session: Session, email: str) -> Known:
    """Read what is needed to check a password."""
    account = find_account(session, email)
    return Known(account.id, account.password_hash) if account else Known()


def check(passwords: Passwords, known: Known, password: str) -> Proof:
    """Check a password. Takes its time, and the same for an address without an account."""
    if not passwords.matches(known.password_hash, password) or known.password_hash is None:
        return Proof(matched=False)
    return Proof(matched=True, renewed_hash=passwords.renewed(known.password_hash, password))


def settle(
    session: Session, desk: Desk, known: Known, proof: Proof, now: datetime
) -> Account | None:
    """Let somebody in or count a wrong password; None says no and never why.

    An account that was never confirmed gets its link again, if the password was right.
    """
    if known.account_id is None:
        return None
    if not proof.matched:
        _count_wrong(session, known.account_id, now)
        return None
    if not _let_in(session, known, proof, now):
        return None
    account = get_account(session, known.account_id)
    session.refresh(account)
    if account.confirmed_at is None:
        ask_to_confirm(session, desk, account, now)
        return None
    return account


def unlock(session: Session, account_id: int) -> None:
    """Lift the lock-out of an account.

    Raises
    ------
    NotFound
    """
    account = get_account(session, account_id)
    account.failed_sign_ins, account.locked_until = 0, None
    session.flush()


def _count_wrong(session: Session, account_id: int, now: datetime) -> None:
    # One statement, so that guesses at the same moment are all counted. While an account is
    # locked nothing is counted: the lock ends when it said it would.
    last = col(Account.failed_sign_ins) + 1 >= TRIES
    session.exec(
        update(Account)
        .where(col(Account.id) == account_id, _open(now))
        .values(
            failed_sign_ins=case((last, 0), else_=col(Account.failed_sign_ins) + 1),
            locked_until=case((last, literal(now + LOCKED_FOR, UtcDateTime)), else_=None),
        )
    )


def _let_in(session: Session, known: Known, proof: Proof, now: datetime) -> bool:
    # The hash is compared again: the password may have been changed while it was checked.
    kept = proof.renewed_hash or known.password_hash
    values = {"failed_sign_ins": 0, "locked_until": None, "password_hash": kept}
    mine = col(Account.id) == known.account_id, col(Account.password_hash) == known.password_hash
    done = session.exec(update(Account).where(*mine, _open(now)).values(**values))
    return done.rowcount == 1


def _open(now: datetime) -> ColumnElement[bool]:
    until = col(Account.locked_until)
    return until.is_(None) | (until <= now)
