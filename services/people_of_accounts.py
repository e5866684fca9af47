"""Whose profile belongs to which account."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from models import Profile


def profile_ids_of(session: Session, account_ids: Collection[int]) -> dict[int, int]:
    """Give the profile ids of accounts; who has no profile is left out. One query."""
    query = select(Profile.account_id, Profile.id).where(
        col(Profile.account_id).in_(list(account_ids))
    )
    return {account: one for account, one in session.exec(query) if account is not None}
