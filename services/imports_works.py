"""Publications as a file gives them."""

import math
from dataclasses import dataclass
from typing import Any

from services import profile_values as values
from services.profile_values import BadValue

WORKS_LIMIT = 500
ABSTRACT_LIMIT = 20_000
EARLIEST, LATEST = 1800, 2100
VENUE_LIMIT = 500
_WEIGHT_LIMIT = 10


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """A publication; ``weight`` below 1 counts it less, 0 leaves it out."""

    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    venue: str = ""
    weight: float = 1.0


def read_works(items: object) -> tuple[WorkRecord, ...]:
    """Read a list of publications.

    Raises
    ------
    BadValue
        When it is no list of objects with a title, or a value in one is wrong; ``number`` says
        which publication, counted from 1.
    """
    if not isinstance(items, list):
        raise BadValue("publications-not-a-list")
    if len(items) > WORKS_LIMIT:
        raise BadValue("too-many-items", limit=WORKS_LIMIT, length=len(items))
    return tuple(_numbered(number, item) for number, item in enumerate(items, start=1))


def _numbered(number: int, item: object) -> WorkRecord:
    if not isinstance(item, dict) or not isinstance(item.get("title"), str):
        raise BadValue("publication-without-title", number=number)
    try:
        return _work(item)
    except BadValue as error:
        raise BadValue(error.code, **{**error.values, "number": number}) from None


def _work(item: dict[str, Any]) -> WorkRecord:
    title = values.plain_text(item["title"], values.TITLE_LIMIT)
    if not title:
        raise BadValue("publication-without-title")
    authors = item.get("authors") or []
    if not isinstance(authors, list) or not all(isinstance(name, str) for name in authors):
        raise BadValue("authors-not-a-list")
    return WorkRecord(
        title=title,
        abstract=values.plain_text(_text(item, "abstract"), ABSTRACT_LIMIT),
        # The list may hold a collaboration of thousands; a profile needs the first ones.
        authors=tuple(values.texts(authors[: values.ITEMS_LIMIT])),
        year=_year(item.get("year")),
        doi=values.doi(_text(item, "doi")),
        venue=values.plain_text(_text(item, "venue"), VENUE_LIMIT),
        weight=_weight(item.get("weight")),
    )


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key) or ""
    if not isinstance(value, str):
        raise BadValue("not-text")
    return value


def _year(value: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue("bad-year", value=str(value)[:40])
    return values.whole(value, EARLIEST, LATEST)


def _weight(value: object) -> float:
    if value is None:
        return 1.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadValue("bad-weight", value=str(value)[:40])
    if not 0 <= value <= _WEIGHT_LIMIT:
        raise BadValue("bad-weight", value=str(value)[:40])
    return float(value)
