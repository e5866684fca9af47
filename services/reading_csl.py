"""CSL-JSON, as reference managers export it, and the same items as Crossref and DataCite give."""

from collections.abc import Iterator
from typing import Any

from services.reading import Collector, Found, plain
from services.reading_json import line_of

_NOT_A_WORK = "publications-not-a-list"


def read_csl(tree: object, kind: str = "csl") -> Found:
    """Read every item that has a title: of a list, of ``items``, or of lists under any name."""
    into = Collector(kind)
    for item in _items(tree):
        if isinstance(item, dict):
            into.work(line_of(item), _raw(item))
        else:
            into.cannot_read(0, _NOT_A_WORK)
    return into.found()


def _items(tree: object) -> Iterator[object]:
    if isinstance(tree, list):
        yield from tree
    elif isinstance(tree, dict) and "title" in tree:
        yield tree
    elif isinstance(tree, dict):
        for child in tree.values():
            if isinstance(child, list):
                yield from child
            elif isinstance(child, dict):
                yield from _items(child)


def _raw(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": _text(item.get("title")),
        "abstract": _text(item.get("abstract")),
        "authors": [_name(one) for one in _list(item.get("author"))],
        "year": _year(item),
        "doi": _text(item.get("DOI")),
        "venue": _text(item.get("container-title")),
    }


def _name(name: object) -> str:
    if not isinstance(name, dict):
        return ""
    literal = plain(name.get("literal")) or plain(name.get("name"))
    particle = plain(name.get("non-dropping-particle"))
    family = f"{particle} {plain(name.get('family'))}".strip()
    return literal or ", ".join(part for part in (family, plain(name.get("given"))) if part)


def _year(item: dict[str, Any]) -> str:
    for key in ("issued", "published", "published-print", "published-online"):
        date = item.get(key)
        if not isinstance(date, dict):
            continue
        parts = date.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
            return "" if parts[0][0] is None else str(parts[0][0])
        if date.get("raw") or date.get("literal"):
            return str(date.get("raw") or date.get("literal"))
    return ""


def _text(value: object) -> str:
    """Give a text, or the first of a list of texts, as Crossref writes titles."""
    return plain(value[0] if isinstance(value, list) and value else value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
