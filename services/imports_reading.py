"""A file's rows as people, or every problem that keeps them from being that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from models import Edition
from services.editions import sides
from services.fields import all_fields
from services.imports_record import COLUMNS, BadRow, PersonRecord, read_record
from services.imports_report import PROBLEMS_LIMIT, Problem, UnreadableFile
from services.imports_rows import Row


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The people of a file; with ``problems``, not all of them."""

    records: tuple[PersonRecord, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]


def read_people(
    session: Session, rows: Iterable[Row | Problem], edition: Edition | None
) -> ReadFile:
    """Read all rows before any of them counts.

    With an edition, a country must be on one of its sides.
    """
    reading = _Reading(
        _field_slugs(session),
        None if edition is None else sides(session, edition.id),
    )
    return reading.read(rows)


def _field_slugs(session: Session) -> dict[str, str]:
    """Return the slug of each field by every name it goes by."""
    found: dict[str, str] = {}
    for row in all_fields(session):
        names = (row.slug, row.name_en, row.name_ko, row.slug.replace("-", " "))
        found |= {name.casefold(): row.slug for name in names if name}
    return found


class _Reading:
    """One pass over a file."""

    def __init__(self, field_slugs: Mapping[str, str], sides: Mapping[str, str] | None) -> None:
        self._field_slugs = field_slugs
        self._sides = sides
        self._lines: dict[str, int] = {}
        self._ignored: set[str] = set()

    def read(self, rows: Iterable[Row | Problem]) -> ReadFile:
        records: list[PersonRecord] = []
        problems: list[Problem] = []
        for item in self._items(rows):
            if isinstance(item, PersonRecord):
                records.append(item)
            elif len(problems) < PROBLEMS_LIMIT:
                problems.append(item)
            else:
                problems.append(Problem(item.line, "", "more-problems"))
                break
        if not records and not problems:
            problems.append(Problem(1, "", "no-rows"))
        return ReadFile(tuple(records), tuple(problems), tuple(sorted(self._ignored)))

    def _items(self, rows: Iterable[Row | Problem]) -> Iterator[PersonRecord | Problem]:
        try:
            for row in rows:
                if isinstance(row, Problem):
                    yield row
                else:
                    yield from self._row(row)
        except UnreadableFile as error:
            yield error.problem

    def _row(self, row: Row) -> Iterator[PersonRecord | Problem]:
        # A column without a name says nothing that a report could repeat.
        self._ignored |= {name[:60] or "(no name)" for name in row.values.keys() - COLUMNS}
        record = read_record(row, self._field_slugs)
        if isinstance(record, BadRow):
            yield from record.problems
            return
        first = self._lines.setdefault(record.key, record.line)
        if first != record.line:
            yield Problem(record.line, "id", "id-twice", {"value": record.key, "first": first})
            return
        country = record.values["country"]
        if self._sides is not None and country not in self._sides:
            yield Problem(record.line, "country", "country-on-no-side", {"value": country})
            return
        yield record
