"""Single values in the form of a call."""

from services import profile_values as values
from services.profile_values import BadValue
from web.forms.clean import Clean, whole_number

_MOST_BUDGET_DIGITS = 15


def link(text: str) -> str:
    """Read an address in the web."""
    clean = values.plain_text(text, 500)
    if clean and not clean.startswith(("https://", "http://")):
        raise BadValue("bad-link", value=clean[:60])
    return clean


def amount(text: str) -> int | None:
    """Read a whole amount, with commas or without."""
    bare = text.strip().replace(",", "").replace(" ", "")
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= _MOST_BUDGET_DIGITS):
        raise BadValue("not-whole", value=bare[:40])
    return int(bare)


def currency(text: str) -> str:
    """Read the three letters of a currency."""
    code = text.strip().upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise BadValue("bad-currency", value=code[:10])
    return code


def between(least: int, most: int) -> Clean:
    """Take a whole number between two bounds, or nothing."""

    def check(text: str) -> int | None:
        number = whole_number(text)
        return None if number is None else values.whole(number, least, most)

    return Clean(check)
