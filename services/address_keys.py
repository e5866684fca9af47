"""Keys of addresses, and links that end mails: both say nothing to whoever lacks the secret."""

import hmac
import unicodedata
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer

from services.accounts_tokens import LinkDead

PROFILE, ACCOUNT = "p", "a"
_KEY_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whom a link to unsubscribe is about: a profile or an account, and the address's key."""

    kind: str
    id: int
    key: str


class AddressKeys:
    """Makes keys and tickets.

    Parameters
    ----------
    secret
        The installation's secret.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._serializer = URLSafeSerializer(secret, salt="ieum.unsubscribe")

    def key(self, address: str) -> str:
        """Give the key of an address; upper and lower case are one."""
        folded = unicodedata.normalize("NFC", address).strip().casefold()
        said = hmac.new(self._secret, f"ieum.address.{folded}".encode(), "sha256")
        return said.hexdigest()[:_KEY_LENGTH]

    def ticket(self, kind: str, number: int, address: str) -> str:
        """Make the part of a link that unsubscribes somebody. It is good for ever."""
        return str(self._serializer.dumps([kind, number, self.key(address)]))

    def read(self, text: str) -> Ticket:
        """Read a ticket.

        Raises
        ------
        LinkDead
            When it never came from here, or a part of it is missing.
        """
        try:
            kind, number, key = self._serializer.loads(text)
        except (BadData, ValueError, TypeError) as error:
            raise LinkDead("this link is not complete") from error
        return Ticket(str(kind), int(number), str(key))
