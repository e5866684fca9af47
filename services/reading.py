"""What is read from a person's own file: works and facts, each with its line, and what was not.

The readers take text and give values; they know no database and no network. A line that cannot be
read is never a reason to lose the others: it is listed with the place and what is wrong.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services import profile_values as values
from services.errors import ServiceError
from services.imports_works import ABSTRACT_LIMIT, EARLIEST, LATEST, VENUE_LIMIT, WorkRecord
from services.profile_values import BadValue

FACTS = ("name", "name_native", "orcid", "country", "organisation", "topics", "research")
"""What a file may say of the person, by the field names of a profile."""

_MOST_UNREAD = 500
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:]*(?:\s[^<>]{0,200})?/?>")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


class Unreadable(ServiceError):
    """A file of which nothing can be read; ``line`` says where, 0 when it is the whole file."""

    def __init__(self, code: str, line: int = 0, **values: str | int) -> None:
        super().__init__(code, line, values)
        self.code = code
        self.line = line
        self.values: Mapping[str, str | int] = values


@dataclass(frozen=True, slots=True)
class Unread:
    """A line, or a part of one, that could not be read; a page makes the sentence of ``code``."""

    line: int
    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundWork:
    """A work, and the line on which it begins; 0 where a registry gave it."""

    line: int
    work: WorkRecord


@dataclass(frozen=True, slots=True)
class FoundFact:
    """What a file says of the person; ``sure`` when it is worth taking over unless refused."""

    line: int
    field: str
    value: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was read from one file or registry."""

    kind: str
    works: tuple[FoundWork, ...] = ()
    facts: tuple[FoundFact, ...] = ()
    unread: tuple[Unread, ...] = ()


class Collector:
    """Gathers what a reader finds, by the rules for the values of a profile.

    Parameters
    ----------
    kind
        Where it comes from, such as ``bibtex``.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._works: list[FoundWork] = []
        self._facts: list[FoundFact] = []
        self._unread: list[Unread] = []

    def work(self, line: int, raw: Mapping[str, Any]) -> None:
        """Take a work with the keys of ``WorkRecord``; a wrong part is left out and listed."""
        title = self._text(line, raw.get("title"), values.TITLE_LIMIT)
        if not title:
            self.cannot_read(line, "no-title")
            return
        record = WorkRecord(
            title=title,
            abstract=self._text(line, raw.get("abstract"), ABSTRACT_LIMIT),
            authors=self._authors(line, raw.get("authors") or ()),
            year=self._year(line, raw.get("year")),
            doi=self._doi(line, raw.get("doi")),
            venue=self._text(line, raw.get("venue"), VENUE_LIMIT),
        )
        self._works.append(FoundWork(line, record))

    def fact(self, line: int, name: str, text: object, *, sure: bool = True) -> None:
        """Take what the file says of the person; nothing when it says nothing."""
        limits = {"research": values.RESEARCH_LIMIT, "organisation": values.ORGANISATION_LIMIT}
        value = self._text(line, text, limits.get(name, values.NAME_LIMIT))
        if not value:
            return
        try:
            checked = {"orcid": values.orcid, "country": values.country}.get(name, str)(value)
        except BadValue as error:
            self.cannot_read(line, error.code, **error.values)
            return
        self._facts.append(FoundFact(line, name, str(checked), sure))

    def cannot_read(self, line: int, code: str, **given: str | int) -> None:
        """List what could not be read; nobody looks through more than some hundred lines."""
        if len(self._unread) < _MOST_UNREAD:
            self._unread.append(Unread(line, code, given))

    def found(self) -> Found:
        """Give everything, in the order of the file."""
        unread = sorted(self._unread, key=lambda one: one.line)
        return Found(self.kind, tuple(self._works), tuple(self._facts), tuple(unread))

    def _text(self, line: int, text: object, limit: int) -> str:
        clean = plain(text)
        try:
            return values.plain_text(clean[:limit], limit)
        except BadValue as error:
            self.cannot_read(line, error.code, **error.values)
            return ""

    def _authors(self, line: int, names: Sequence[object]) -> tuple[str, ...]:
        clean = [_in_order(self._text(line, name, values.ITEM_LIMIT)) for name in names]
        return tuple(dict.fromkeys(name for name in clean if name))[: values.ITEMS_LIMIT]

    def _year(self, line: int, text: object) -> int | None:
        if text is None or text == "":
            return None
        found = _YEAR.search(str(text))
        if found is None or not EARLIEST <= int(found[1]) <= LATEST:
            self.cannot_read(line, "bad-year", value=str(text)[:40])
            return None
        return int(found[1])

    def _doi(self, line: int, text: object) -> str | None:
        try:
            return values.doi(plain(text))
        except BadValue as error:
            self.cannot_read(line, error.code, **error.values)
            return None


def plain(text: object) -> str:
    """Return a text in one line of plain words: no markup, no runs of space; "" for no text."""
    if not isinstance(text, str):
        return ""
    return _SPACE.sub(" ", _TAG.sub("", text).replace("\x00", "")).strip()


def _in_order(name: str) -> str:
    """Write "Family, Given" as "Given Family"; a comma separates names elsewhere."""
    family, *rest = (part.strip() for part in name.split(","))
    return " ".join(part for part in (*reversed(rest), family) if part)
