"""Who an account is at another provider: found, linked, taken off."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models import Account, Identity
from services.accounts import Desk, get_account
from services.errors import ServiceError
from services.mail import Letter, post

ORCID = "orcid"
NO_PASSWORD = "!"  # noqa: S105 - what no hash looks like, so that no password matches it
"""Kept instead of a hash for an account that was opened without a password."""


class IdentityTaken(ServiceError):
    """The identity belongs to another account, or the account has another one there."""

    code = "identity-taken"


class OnlyWayIn(ServiceError):
    """Without this identity nobody could sign in: set a password first."""

    code = "only-way-in"


def account_of(session: Session, provider: str, subject: str) -> Account | None:
    """Find the account of an identity; whatever address the provider tells does not matter."""
    query = (
        select(Account)
        .join(Identity)
        .where(Identity.provider == provider, Identity.subject == subject)
    )
    return session.exec(query).first()


def identity_of(session: Session, account_id: int, provider: str) -> Identity | None:
    """Find the identity of an account at a provider."""
    query = select(Identity).where(Identity.account_id == account_id, Identity.provider == provider)
    return session.exec(query).first()


def link(
    session: Session, desk: Desk, account: Account, provider: str, subject: str, now: datetime
) -> None:
    """Let an identity open an account, and tell its owner by mail; a second time does nothing.

    Raises
    ------
    IdentityTaken
    """
    present = identity_of(session, account.id, provider)
    if present is not None and present.subject == subject:
        return
    add_identity(session, account.id, provider, subject, now)
    letter = Letter(
        kind="orcid-linked",
        event=f"orcid-linked:{account.id}:{subject}:{now.timestamp():.0f}",
        recipient=account.email,
        account_id=account.id,
        language=account.language,
        facts={"orcid": subject},
    )
    post(session, desk.write, letter, now)


def add_identity(
    session: Session, account_id: int, provider: str, subject: str, now: datetime
) -> None:
    """Write an identity down.

    Raises
    ------
    IdentityTaken
        Also when another door was faster by a moment.
    """
    row = Identity(account_id=account_id, provider=provider, subject=subject, created_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise IdentityTaken("this identity opens another account, or another one this") from error


def unlink(session: Session, account_id: int, provider: str) -> None:
    """Take an identity off an account.

    Raises
    ------
    OnlyWayIn
    """
    if get_account(session, account_id).password_hash == NO_PASSWORD:
        raise OnlyWayIn("set a password first: nobody could sign in any more")
    row = identity_of(session, account_id, provider)
    if row is not None:
        session.delete(row)
        session.flush()
