"""Lists of countries as people write them: names or codes, one on each line or with commas."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from flask_babel import Locale

from services.countries import CODES, country_code
from web.locale import LANGUAGES, country_name

_BETWEEN = re.compile(r"[\n,;]")


@dataclass(frozen=True)
class CountryList:
    """What was understood, and what was not."""

    codes: frozenset[str]
    unknown: tuple[str, ...] = ()


def read_countries(text: str) -> CountryList:
    """Read a list of countries in any language of the site."""
    codes, unknown = set(), []
    for part in (piece.strip() for piece in _BETWEEN.split(text)):
        code = _codes_by_name().get(part.casefold()) or country_code(part)
        if code:
            codes.add(code)
        elif part:
            unknown.append(part)
    return CountryList(frozenset(codes), tuple(unknown))


def write_countries(codes: Iterable[str]) -> str:
    """Write a list of countries in the page's language, one on each line."""
    return "\n".join(sorted(country_name(code) for code in codes))


@cache
def _codes_by_name() -> dict[str, str]:
    return {
        name.casefold(): code
        for language in {*LANGUAGES, "en"}
        for code, name in Locale(language).territories.items()
        if code in CODES
    }


def country_choices() -> list[tuple[str, str]]:
    """List every country as (code, name), by its name in the page's language."""
    return sorted(((code, country_name(code)) for code in CODES), key=lambda one: one[1])
