"""What is kept no longer than it is needed."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import Account, Mail
from services.accounts_sessions import forget_ended
from services.pending_imports import forget_expired
from services.schedule_prints import forget_prints


def forget_old(session: Session, unconfirmed_days: int, now: datetime) -> int:
    """Delete unconfirmed accounts with their mails, and sign-ins, imports and prints of old.

    Nothing is mailed about it: an address that was never confirmed may be anybody's.

    Parameters
    ----------
    unconfirmed_days
        How long somebody has to confirm an account.

    Returns
    -------
    How many accounts were deleted.
    """
    forget_ended(session, now)
    forget_expired(session, now)
    forget_prints(session, now)
    stale = (
        col(Account.confirmed_at).is_(None),
        col(Account.created_at) < now - timedelta(days=unconfirmed_days),
    )
    addresses = list(session.exec(select(Account.email).where(*stale)))
    if addresses:
        session.execute(delete(Mail).where(col(Mail.recipient).in_(addresses)))
        session.execute(delete(Account).where(*stale))
    return len(addresses)
