"""Passwords: which are good enough, and how they are kept.

Kept as argon2id hashes (RFC 9106, low-memory profile). An address without an account costs the
same time as one with, so that the clock does not tell which is which.
"""

import secrets
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.errors import ServiceError

SHORTEST = 10
LONGEST = 1000
_FEWEST_DIFFERENT = 4
# Ten characters or more that appear again and again in lists of leaked passwords.
_LEAKED = """
    0123456789 1234567890 12345678910 123456789a 1234567891 0987654321 9876543210 987654321a
    1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop qwerty1234 qwerty12345
    qwerty123456 asdfghjkl1 asdfghjkl; zxcvbnm123 abcdefghij abcdefghijk abcd123456 abc1234567
    a123456789 aa12345678 password12 password123 password1234 password12345 mypassword
    passw0rd123 p@ssw0rd12 p@ssword123 administrator admin12345 admin123456 letmein123 letmein1234
    welcome123 welcome1234 changeme123 iloveyou12 iloveyou123 sunshine123 football123 baseball123
    basketball superman123 princess123 michael123 computer123 internet123 samsung123 starwars123
    trustno1234 whatever123 dragon12345 monkey12345 master12345 shadow12345 tkfkdgo123 dkssud1234
    semiconductor semiconductors changethis correcthorsebatterystaple
"""
_COMMON = frozenset(_LEAKED.split())


class WeakPassword(ServiceError):
    """A password that would soon be guessed; ``code`` names the rule it breaks."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Passwords:
    """Makes and checks hashes of passwords.

    Parameters
    ----------
    hasher
        With other parameters than the usual; a kept hash of old parameters is renewed at sign-in.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hash(self, password: str) -> str:
        """Hash a password; takes about a tenth of a second on purpose."""
        return self._hasher.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether a password belongs to a kept hash; None takes as long and never matches."""
        try:
            self._hasher.verify(kept or self._dummy, _normal(password))
        except InvalidHashError:
            self.spend_time(password)
            return False
        except VerificationError:
            return False
        return kept is not None

    def spend_time(self, password: str = "") -> None:
        """Take as long as checking a password takes."""
        self.matches(None, password)

    def renewed(self, kept: str, password: str) -> str | None:
        """Hash a matching password again if the kept hash has other parameters than now."""
        return self.hash(password) if self._hasher.check_needs_rehash(kept) else None

    @cached_property
    def _dummy(self) -> str:
        return self._hasher.hash(secrets.token_hex(16))


def cheap_passwords() -> Passwords:
    """Give hashes that cost next to nothing. For tests only."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def check_password(password: str, email: str) -> None:
    """Refuse a password that would soon be guessed.

    Raises
    ------
    WeakPassword
        With the code ``password-short``, ``-long``, ``-address`` or ``-common``.
    """
    folded = _normal(password).casefold()
    address = email.casefold()
    if len(folded) < SHORTEST:
        raise WeakPassword("password-short", f"use at least {SHORTEST} characters")
    if len(folded) > LONGEST:
        raise WeakPassword("password-long", f"use at most {LONGEST} characters")
    if address and folded in (address, address.partition("@")[0]):
        raise WeakPassword("password-address", "do not use the mail address as the password")
    if folded in _COMMON or len(set(folded)) < _FEWEST_DIFFERENT:
        raise WeakPassword("password-common", "this password is among the first to be tried")


def generate_password() -> str:
    """Make a password that nobody guesses, for an account that somebody else sets up."""
    return secrets.token_urlsafe(15)


def _normal(password: str) -> str:
    # The same Korean syllable comes composed from one keyboard and in letters from another.
    return unicodedata.normalize("NFC", password)
