"""What was read, line by line, set against what the profile says already; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from services.imports_works import WorkRecord
from services.profile_content import Content
from services.reading import FACTS, Found, FoundFact, FoundWork
from services.work_keys import Known, WorkFinder, keys_of

NEW, FILLS, KNOWN, DROPPED, DIFFERS, ASKED = "new", "fills", "known", "dropped", "differs", "asked"
LISTS = ("topics",)
BY_LINES = ("offers", "needs")
ASKED_FOR = ("name", "country", "organisation", "research", "offers", "needs")
"""What a profile needs most; asked where neither the file nor the profile says it."""

_SUGGESTS_ONLY = "cv"
_FILLED = ("abstract", "authors", "year", "doi", "venue")


@dataclass(frozen=True, slots=True)
class FactLine:
    """One thing said of the person; ``present`` is what the profile says instead."""

    field: str
    value: str
    line: int = 0
    state: str = NEW
    keep: bool = True
    present: str = ""


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One work; ``keys`` are the marks by which the imported record is remembered."""

    work: WorkRecord
    keys: tuple[str, ...]
    line: int = 0
    state: str = NEW
    keep: bool = True
    publication_id: int | None = None


Line = FactLine | WorkLine


@dataclass(frozen=True, slots=True)
class Stored:
    """A publication of the profile, by its id."""

    id: int
    work: WorkRecord


@dataclass(frozen=True, slots=True)
class Before:
    """What was there before: the profile's content and works, and what became of earlier imports.

    Parameters
    ----------
    remembered
        By mark: the publication it lives on as, None for a work that was dropped or removed.
    """

    content: Content
    works: Sequence[Stored]
    remembered: Mapping[str, int | None]


def prepare(found: Found, before: Before) -> list[Line]:
    """Set everything that was read against what is there: what is new, known, or dropped once."""
    facts = [_fact(fact, before.content) for fact in found.facts]
    said = {fact.field for fact in facts}
    asked: list[Line] = [
        FactLine(name, "", state=ASKED)
        for name in ASKED_FOR
        if name not in said and not before.content[name]
    ]
    past = _Past(before)
    sure = found.kind != _SUGGESTS_ONLY
    works = [_work(one, past, sure=sure) for one in _merged(found.works)]
    facts.sort(key=lambda line: FACTS.index(line.field))
    return [*_once(facts), *asked, *works]


def as_json(line: Line) -> dict[str, Any]:
    """Write a line as JSON keeps it."""
    return asdict(line)


def from_json(row: Mapping[str, Any]) -> Line:
    """Read a line back."""
    if "field" in row:
        return FactLine(**row)
    work = WorkRecord(**{**row["work"], "authors": tuple(row["work"]["authors"])})
    return WorkLine(**{**row, "work": work, "keys": tuple(row["keys"])})


def filled(present: WorkRecord, given: WorkRecord) -> WorkRecord:
    """Fill the gaps of a record from another; what it says itself stays."""
    gaps = {name: getattr(given, name) for name in _FILLED if not getattr(present, name)}
    return replace(present, **gaps)


def _fact(fact: FoundFact, content: Content) -> FactLine:
    if fact.field in LISTS:
        known = fact.value.casefold() in {text.casefold() for text in content[fact.field]}
        state, present = (KNOWN if known else NEW), ""
    else:
        present = content[fact.field] or ""
        state = NEW if not present else KNOWN if present == fact.value else DIFFERS
    return FactLine(
        field=fact.field,
        value=fact.value,
        line=fact.line,
        state=state,
        keep=state == NEW and fact.sure,
        present=present if state == DIFFERS else "",
    )


def _once(facts: Sequence[FactLine]) -> list[FactLine]:
    """Keep each topic once, and of everything else the first that was said."""
    seen: dict[str, FactLine] = {}
    for fact in facts:
        key = f"{fact.field}:{fact.value.casefold()}" if fact.field in LISTS else fact.field
        seen.setdefault(key, fact)
    return list(seen.values())


def _merged(works: Sequence[FoundWork]) -> list[FoundWork]:
    """Let works that a file names twice be one."""
    finder, once = WorkFinder(), list[FoundWork]()
    for one in works:
        same = finder.find(one.work.title, one.work.doi)
        if same is None:
            finder.add(Known(len(once), one.work.title, one.work.doi))
            once.append(one)
        else:
            once[same] = replace(once[same], work=filled(once[same].work, one.work))
    return once


class _Past:
    """Finds what a read work is already: by an earlier import's mark, by DOI, or by title."""

    def __init__(self, before: Before) -> None:
        self._by_id = {stored.id: stored for stored in before.works}
        known = (Known(one.id, one.work.title, one.work.doi) for one in before.works)
        self._finder = WorkFinder(known)
        self._remembered = before.remembered

    def find(self, work: WorkRecord, keys: Sequence[str]) -> Stored | None:
        """Give the publication that a work is, even if its title was changed since."""
        for key in keys:
            stored = self._by_id.get(self._remembered.get(key) or 0)
            if stored is not None:
                return stored
        number = self._finder.find(work.title, work.doi)
        return None if number is None else self._by_id[number]

    def was_dropped(self, keys: Sequence[str]) -> bool:
        """Tell whether an earlier import brought the work and the person did not want it."""
        return any(key in self._remembered for key in keys)


def _work(one: FoundWork, past: _Past, *, sure: bool) -> WorkLine:
    keys = keys_of(one.work.title, one.work.doi)
    same = past.find(one.work, keys)
    if same is not None:
        work = filled(same.work, one.work)
        fills = work != same.work
        state = FILLS if fills else KNOWN
        return WorkLine(work, keys, one.line, state, fills and sure, same.id)
    dropped = past.was_dropped(keys)
    return WorkLine(one.work, keys, one.line, DROPPED if dropped else NEW, sure and not dropped)
