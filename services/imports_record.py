"""A row of a file as a person: every value read, every problem told."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from services import profile_values as values
from services.imports_report import Problem
from services.imports_rows import REQUIRED, Row
from services.imports_works import WorkRecord, read_works
from services.profile_values import BadValue

_ID_LIMIT = 300
_TEXTS: Mapping[str, Callable[[str], str | None]] = {
    "name": partial(values.plain_text, limit=values.NAME_LIMIT),
    "name_native": partial(values.plain_text, limit=values.NAME_LIMIT),
    "email": values.email,
    "orcid": values.orcid,
    "country": values.country,
    "organisation": partial(values.plain_text, limit=values.ORGANISATION_LIMIT),
    "ror": values.ror,
    "pic": values.pic,
    "organisation_type": values.organisation_type,
    "career_stage": values.career_stage,
    "gender": partial(values.plain_text, limit=40),
    "research": partial(values.plain_text, limit=values.RESEARCH_LIMIT),
}
_LISTS = ("fields", "topics", "languages", "offers", "needs", "exclude")
_NUMBERS = ("least_partners", "most_partners")
COLUMNS = frozenset({"id", *_TEXTS, *_LISTS, *_NUMBERS, "publications"})


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person as a file tells of them.

    Parameters
    ----------
    values
        By field of the format; a field that the file does not mention is absent, an empty one is
        empty. Lists are tuples, publications tuples of ``WorkRecord``.
    """

    line: int
    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no person, and everything that is wrong with it."""

    problems: tuple[Problem, ...]


def read_record(row: Row, field_slugs: Mapping[str, str]) -> PersonRecord | BadRow:
    """Read a row.

    Parameters
    ----------
    field_slugs
        The slug of a field of research, by every name that it goes by in small letters.
    """
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in row.values.items():
        if name not in COLUMNS:
            continue
        try:
            found[name] = _read(name, value, row.joined, field_slugs)
        except BadValue as error:
            problems.append(Problem(row.line, name, error.code, error.values))
    problems += _of_the_whole(row, found, {problem.field for problem in problems})
    if problems:
        return BadRow(tuple(problems))
    return PersonRecord(row.line, found.pop("id"), found)


def _of_the_whole(row: Row, found: Mapping[str, Any], told: set[str]) -> list[Problem]:
    missing = (name for name in REQUIRED if not found.get(name) and name not in told)
    problems = [Problem(row.line, name, "missing") for name in missing]
    try:
        values.in_order(found.get("least_partners"), found.get("most_partners"))
    except BadValue as error:
        problems.append(Problem(row.line, "least_partners", error.code, error.values))
    own = {found.get("id"), found.get("email") or None} & set(found.get("exclude", ()))
    if own:
        problems.append(Problem(row.line, "exclude", "excludes-oneself"))
    return problems


def _read(name: str, value: object, joined: bool, field_slugs: Mapping[str, str]) -> Any:  # noqa: ANN401 - each field has its own type
    if name == "publications":
        return _works(value, joined)
    if name in _NUMBERS:
        return _number(value, joined)
    if name in _LISTS:
        return _list(name, value, joined, field_slugs)
    if value is not None and not isinstance(value, str):
        raise BadValue("not-text")
    if name == "id":
        return values.plain_text(value or "", _ID_LIMIT)
    # An empty country is missing, not unknown.
    return _TEXTS[name](value) if value and value.strip() else _TEXTS_EMPTY.get(name, "")


# What an empty cell means where it is not the empty text.
_TEXTS_EMPTY = dict.fromkeys(("orcid", "ror", "pic", "organisation_type", "career_stage", "gender"))


def _works(value: object, joined: bool) -> tuple[WorkRecord, ...]:
    if joined and isinstance(value, str):
        if value.strip().startswith("["):
            try:
                return read_works(json.loads(value))
            except (ValueError, RecursionError):
                raise BadValue("bad-publications-json") from None
        return read_works([{"title": title} for title in value.split(";") if title.strip()])
    return read_works([] if value is None else value)


def _number(value: object, joined: bool) -> int | None:
    if joined and isinstance(value, str):
        text = value.strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise BadValue("not-whole", value=text[:40])
        return values.partners(int(text))
    if value is None:
        return None
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue("not-whole", value=str(value)[:40])
    return values.partners(value)


def _list(
    name: str, value: object, joined: bool, field_slugs: Mapping[str, str]
) -> tuple[str, ...]:
    if joined and isinstance(value, str):
        value = _parts(value)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadValue("not-a-list")
    items = values.texts(value)
    if name == "fields":
        return tuple(sorted({_slug(item, field_slugs) for item in items}))
    if name == "exclude":
        # Addresses are kept in one spelling, as the profiles' own are.
        return tuple(sorted({item.casefold() if "@" in item else item for item in items}))
    return tuple(items)


def _parts(text: str) -> object:
    """Take a cell apart; one that holds an item with a ";" is a list in JSON."""
    if text.lstrip().startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    return text.split(";")


def _slug(item: str, field_slugs: Mapping[str, str]) -> str:
    slug = field_slugs.get(item.casefold())
    if slug is None:
        known = ", ".join(sorted(set(field_slugs.values()))) or "-"
        raise BadValue("not-one-of", value=item[:60], known=known)
    return slug
