"""Sign-ins that ended: the cookie of one is worth nothing any more, wherever a copy of it lies."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, exists
from sqlmodel import Session, col, select

from models import Account, EndedSession
from services.accounts import get_account

# As long as a cookie may live, and a day.
KEPT = timedelta(days=31)


def signed_in_account(session: Session, account_id: int, epoch: int, key: str) -> Account | None:
    """Find the account of a sign-in, if that has not ended; one query.

    Parameters
    ----------
    epoch
        The account's, when the sign-in began; it moves on when all of them end.
    key
        The secret that tells this sign-in from the account's others.
    """
    ended = exists().where(col(EndedSession.key) == _hashed(key))
    query = select(Account).where(
        Account.id == account_id,
        Account.session_epoch == epoch,
        col(Account.confirmed_at).is_not(None),
        ~ended,
    )
    return session.exec(query).first()


def end_session(session: Session, account_id: int, key: str, now: datetime) -> None:
    """End one sign-in; ending it twice is ending it once."""
    if session.get(EndedSession, _hashed(key)) is None:
        session.add(EndedSession(key=_hashed(key), account_id=account_id, ended_at=now))
        session.flush()


def end_all_sessions(session: Session, account_id: int) -> None:
    """End every sign-in of an account.

    Raises
    ------
    NotFound
    """
    get_account(session, account_id, locked=True).session_epoch += 1
    session.flush()


def forget_ended(session: Session, now: datetime) -> None:
    """Forget sign-ins whose cookies have run out by themselves."""
    session.execute(delete(EndedSession).where(col(EndedSession.ended_at) < now - KEPT))


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
