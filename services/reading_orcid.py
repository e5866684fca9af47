"""A researcher's record as ORCID writes it: JSON 3.0 or XML 3.0, whole or a single work."""

import re
from collections.abc import Iterator
from typing import Any

from services.reading import Collector, Found, plain
from services.reading_json import line_of

_HANGUL = re.compile("[가-힣]")
_OWN = ("self", "version-of", "")


def is_record(tree: object) -> bool:
    """Tell whether a tree of JSON or XML is a record of ORCID, or a work of one."""
    if not isinstance(tree, dict):
        return False
    if any(name in tree for name in ("record", "person", "activities-summary", "bulk", "work")):
        return True
    return isinstance(tree.get("title"), dict) and "title" in tree["title"]


def read_record(tree: dict[str, Any]) -> Found:
    """Read a record: name, employment, keywords, biography, and every group of works once."""
    into = Collector("orcid")
    if isinstance(tree.get("title"), dict):
        _work(into, tree)
    record = next(_all(tree, "record"), tree)
    # First the own identifier: groups of works name those of their authors, too.
    identifier = record.get("orcid-identifier")
    if identifier is not None:
        first = next(_each(identifier))
        into.fact(line_of(first), "orcid", _text(first.get("path")))
    for person in _all(record, "person"):
        _person(into, person)
    _employment(into, record)
    for keywords in _all(record, "keywords"):
        for keyword in _all(keywords, "keyword"):
            into.fact(line_of(keyword), "topics", _keyword(_text(keyword.get("content"))))
    for works in _all(record, "works"):
        for group in _all(works, "group"):
            _work(into, next(_all(group, "work-summary"), group))
    for work in _all(record, "work"):
        if "title" in work:
            _work(into, work)
    return into.found()


def _person(into: Collector, person: dict[str, Any]) -> None:
    for name in _all(person, "name"):
        given, family = _text(name.get("given-names")), _text(name.get("family-name"))
        others = [_text(other.get("content")) for other in _all(person, "other-name")]
        shown = [_text(name.get("credit-name")), f"{given} {family}".strip(), *others]
        korean = f"{family}{given}" if _HANGUL.search(family + given) else ""
        latin = next((text for text in shown if text and not _HANGUL.search(text)), "")
        native = korean or next((text for text in shown if _HANGUL.search(text)), "")
        into.fact(line_of(name), "name", latin or native)
        into.fact(line_of(name), "name_native", native)
        break
    for address in _all(person, "address"):
        country = _text(address.get("country"))
        if country:
            into.fact(line_of(address), "country", country)
            break
    for biography in _all(person, "biography"):
        into.fact(line_of(biography), "research", _text(biography.get("content")))


def _employment(into: Collector, record: dict[str, Any]) -> None:
    """Take the employment that lasts, or else, unsure, the last one."""
    posts = [
        post
        for employments in _all(record, "employments")
        for post in _all(employments, "employment-summary")
    ]
    if not posts:
        return
    last = max(posts, key=lambda post: (not _has_ended(post), _date(post, "start-date")))
    for organisation in _all(last, "organization"):
        name = _text(organisation.get("name"))
        into.fact(line_of(last), "organisation", name, sure=not _has_ended(last))
        return


def _work(into: Collector, work: dict[str, Any]) -> None:
    titles = next(_each(work.get("title")), {})
    raw = {
        "title": _text(titles.get("title")),
        "venue": _text(work.get("journal-title")),
        "abstract": _text(work.get("short-description")),
        "year": next((_text(date.get("year")) for date in _each(work.get("publication-date"))), ""),
        "doi": _doi_of(work),
        "authors": [_text(one.get("credit-name")) for one in _all(work, "contributor")],
    }
    into.work(line_of(work), raw)


def _doi_of(work: dict[str, Any]) -> str:
    """Give the work's own DOI, not that of the whole that it is part of."""
    given = [
        (_OWN.index(relation), _text(one.get("external-id-value")))
        for one in _all(work, "external-id")
        if _text(one.get("external-id-type")).lower() == "doi"
        and (relation := _text(one.get("external-id-relationship"))) in _OWN
    ]
    whole = [(rank, doi) for rank, doi in given if "10." in doi]
    return min(whole or given, default=(0, ""))[1]


def _keyword(text: str) -> str:
    """Drop a keyword without a single letter: somebody tried out the form."""
    return text if any(sign.isalpha() for sign in text) else ""


def _has_ended(post: dict[str, Any]) -> bool:
    return _date(post, "end-date") != ""


def _date(post: dict[str, Any], name: str) -> str:
    dates = [_text(date.get(part)) for date in _each(post.get(name)) for part in ("year", "month")]
    return "-".join(text for text in dates if text)


def _text(node: object) -> str:
    """Give the text of a leaf: a string, an object with ``value``, or the first of a list."""
    first = node[0] if isinstance(node, list) and node else node
    return plain(first.get("value") if isinstance(first, dict) else first)


def _each(node: object) -> Iterator[dict[str, Any]]:
    for item in node if isinstance(node, list) else [node]:
        if isinstance(item, dict):
            yield item


def _all(node: object, name: str) -> Iterator[dict[str, Any]]:
    """Give every object of a name below a node, the outermost ones, in order."""
    for item in _each(node):
        for key, child in item.items():
            if key == name:
                yield from _each(child)
            elif isinstance(child, dict | list):
                yield from _all(child, name)
