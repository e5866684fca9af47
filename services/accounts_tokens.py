"""Tokens in mailed links: signed, for one purpose, for a while, and dead after use."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session

from models import Account
from services.errors import ServiceError


@dataclass(frozen=True)
class Purpose:
    """What a link is for and how long it is good."""

    name: str
    lasts: timedelta


CONFIRM = Purpose("confirm", timedelta(days=3))
RESET = Purpose("reset", timedelta(hours=2))
MOVE = Purpose("move", timedelta(days=1))


class LinkDead(ServiceError):
    """The link was used, is too old, or never came from here; ask for a new one."""

    code = "link-dead"


@dataclass(frozen=True)
class Claim:
    """What a good token says: whose it is, and the address it was sent about."""

    account: Account
    address: str


class Tokens:
    """Makes and reads tokens.

    Parameters
    ----------
    secret
        The installation's secret; each purpose has a salt of its own beside it.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def make(self, purpose: Purpose, account: Account, now: datetime, address: str = "") -> str:
        """Make a token about an account; ``address`` if it is about another than the account's."""
        expires = int((now + purpose.lasts).timestamp())
        payload = [account.id, expires, mark_of(account), address or account.email]
        return str(self._serializer(purpose).dumps(payload))

    def read(self, session: Session, purpose: Purpose, token: str, now: datetime) -> Claim:
        """Find the account of a token.

        Raises
        ------
        LinkDead
            When the token is not good, or the account's address or password changed since.
        """
        try:
            account_id, expires, mark, address = self._serializer(purpose).loads(token)
        except (BadData, ValueError, TypeError) as error:
            raise LinkDead("this link is not complete") from error
        account = session.get(Account, account_id)
        if account is None or expires <= now.timestamp() or mark != mark_of(account):
            raise LinkDead("this link was used or is too old; ask for a new one")
        return Claim(account, address)

    def seal(self, purpose: Purpose, facts: Sequence[str], now: datetime) -> str:
        """Make a token about facts of which there is no account yet."""
        expires = int((now + purpose.lasts).timestamp())
        return str(self._serializer(purpose).dumps([expires, *facts]))

    def unseal(self, purpose: Purpose, token: str, now: datetime) -> list[str]:
        """Give the facts of a token.

        Raises
        ------
        LinkDead
        """
        try:
            expires, *facts = self._serializer(purpose).loads(token)
        except (BadData, ValueError, TypeError) as error:
            raise LinkDead("this link is not complete") from error
        if expires <= now.timestamp():
            raise LinkDead("this link is too old; ask for a new one")
        return [str(fact) for fact in facts]

    def _serializer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"ieum.{purpose.name}")


def mark_of(account: Account) -> str:
    """Make a short mark of an account's address and password; it changes with either."""
    text = f"{account.email}\n{account.password_hash}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]
