"""Single values of a profile: what is accepted, and how it is written down.

The form and the import read every value here, so that both say the same. A value that is not
accepted raises ``BadValue``, whose ``code`` and ``values`` a page turns into a sentence.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from email_validator import EmailNotValidError, validate_email
from stdnum import isni
from stdnum.exceptions import ValidationError

from models.organisation import ORGANISATION_TYPES
from models.researcher import CAREER_STAGES
from services.countries import country_code
from services.errors import ServiceError

RESEARCH_LIMIT = 200_000
NAME_LIMIT = 200
ORGANISATION_LIMIT = 300
ITEM_LIMIT = 500
ITEMS_LIMIT = 200
TITLE_LIMIT = 1000
MOST_PARTNERS = 1000

_FULL_TYPE_NAMES = {"research-and-technology-organisation": "rto"}
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ROR = re.compile(r"^(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})$", re.IGNORECASE)
_ORCID_PREFIX = re.compile(r"^(https?://)?(www\.)?orcid\.org/", re.IGNORECASE)
# Control characters, and halves of a surrogate pair: JSON smuggles them in, no database holds them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class BadValue(ServiceError):
    """A value that a profile cannot take.

    Parameters
    ----------
    code
        What is wrong; web/import_words.py has the sentence.
    values
        Numbers and words for the sentence.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, str | int] = MappingProxyType(values)


def plain_text(text: str, limit: int) -> str:
    """Return a text in Unicode's composed form, without space around it.

    Raises
    ------
    BadValue
        When it is longer than ``limit`` characters or holds characters that no text has.
    """
    composed = unicodedata.normalize("NFC", text).strip()
    if _CONTROL.search(composed):
        raise BadValue("control-character")
    if len(composed) > limit:
        raise BadValue("too-long", limit=limit, length=len(composed))
    return composed


def email(text: str) -> str:
    """Return an e-mail address in one spelling; whether it exists is not asked."""
    if not text.strip():
        return ""
    try:
        found = validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise BadValue("bad-email", value=text.strip()[:80]) from None
    return plain_text(found, 254).casefold()


def orcid(text: str) -> str | None:
    """Return an ORCID iD as 0000-0002-1825-0097; its last sign must be right (ISO 7064)."""
    bare = _ORCID_PREFIX.sub("", text.strip())
    if not bare:
        return None
    try:
        digits = str(isni.validate(bare))
    except ValidationError:
        raise BadValue("bad-orcid", value=bare[:40]) from None
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def doi(text: str) -> str | None:
    """Return a DOI without the resolver's address, in small letters."""
    bare = _DOI_PREFIX.sub("", text.strip()).lower()
    if not bare:
        return None
    if not _DOI.fullmatch(bare):
        raise BadValue("bad-doi", value=bare[:80])
    return plain_text(bare, 300)


def ror(text: str) -> str | None:
    """Return a ROR id as an address, however short it was written."""
    if not text.strip():
        return None
    found = _ROR.match(text.strip())
    if found is None:
        raise BadValue("bad-ror", value=text.strip()[:60])
    return f"https://ror.org/{found[1].lower()}"


def pic(text: str) -> str | None:
    """Return a participant identification code of the Union: nine digits."""
    bare = text.strip().replace(" ", "")
    if not bare:
        return None
    if not re.fullmatch(r"[0-9]{9}", bare):
        raise BadValue("bad-pic", value=bare[:40])
    return bare


def country(text: str) -> str:
    """Return a country's code in capitals."""
    code = country_code(text)
    if code is None:
        raise BadValue("unknown-country", value=text.strip()[:40])
    return code


def organisation_type(text: str) -> str | None:
    """Return the type of an organisation; the full name of an RTO is understood."""
    key = _key(text)
    key = _FULL_TYPE_NAMES.get(key, key)
    return _one_of(key, text, ORGANISATION_TYPES)


def career_stage(text: str) -> str | None:
    """Return a career stage."""
    return _one_of(_key(text), text, CAREER_STAGES)


def partners(number: int) -> int:
    """Return a number of partners."""
    return whole(number, 0, MOST_PARTNERS)


def whole(number: int, least: int, most: int) -> int:
    """Return a number between two bounds, both included."""
    if not least <= number <= most:
        raise BadValue("out-of-range", value=number, least=least, most=most)
    return number


def in_order(least: int | None, most: int | None) -> None:
    """Refuse a least number of partners that is above the most."""
    if least is not None and most is not None and least > most:
        raise BadValue("least-above-most", least=least, most=most)


def texts(items: list[str], limit: int = ITEM_LIMIT) -> list[str]:
    """Return the texts of a list, each once, empty ones left out."""
    if len(items) > ITEMS_LIMIT:
        raise BadValue("too-many-items", limit=ITEMS_LIMIT, length=len(items))
    clean = (plain_text(item, limit) for item in items)
    return list(dict.fromkeys(item for item in clean if item))


def _key(text: str) -> str:
    return re.sub(r"[\s_-]+", "-", text.strip().lower())


def _one_of(key: str, text: str, known: tuple[str, ...]) -> str | None:
    if not key:
        return None
    if key not in known:
        raise BadValue("not-one-of", value=text.strip()[:60], known=", ".join(known))
    return key
