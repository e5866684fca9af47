"""What came of a forum, as counts by group, without those that would tell of a few people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from matchmaking.outcome_values import (
    ALL,
    MEETING_COLUMNS,
    OTHER,
    PEOPLE_COLUMNS,
    SUM,
    AnswerFact,
    MeetingFact,
    OutcomeTable,
    PersonFact,
    TableRow,
)
from matchmaking.suppression import LEAST, Count, Row, Sum, untold

Fact = TypeVar("Fact")


def people_table(people: Sequence[PersonFact]) -> OutcomeTable:
    """Count people by side, country, career stage and field.

    Countries with few people stand together in one row a side. A person may work in several fields;
    these rows are kept as if each reader knew their sum.
    """
    groups: dict[Row, list[PersonFact]] = {(ALL,): list(people)}
    sums = []
    sides = _grouped(people, lambda one: ("side", one.side))
    groups |= sides
    sums.append(Sum((ALL,), tuple(sides)))
    for (_kind, side), some in sides.items():
        countries = _merged(_grouped(some, lambda one: ("country", one.side, one.country)), side)
        groups |= countries
        sums.append(Sum(("side", side), tuple(countries)))
    careers = _grouped(people, lambda one: ("career", one.career_stage))
    groups |= careers
    sums.append(Sum((ALL,), tuple(careers)))
    fields: dict[Row, list[PersonFact]] = defaultdict(list)
    for one in people:
        for field in one.fields or ("",):
            fields["field", field].append(one)
    groups |= dict(sorted(fields.items()))
    groups[(SUM,)] = [one for some in fields.values() for one in some]
    sums.append(Sum((SUM,), tuple(sorted(fields))))
    counts = {
        row: {column: _people(some, column) for column in PEOPLE_COLUMNS}
        for row, some in groups.items()
    }
    return _table(counts, PEOPLE_COLUMNS, sums)


def meeting_table(meetings: Sequence[MeetingFact]) -> OutcomeTable:
    """Count pairs and meetings by the two countries.

    Behind a count stand the people of that side of which there are fewer.
    """
    groups: dict[Row, list[MeetingFact]] = {(ALL,): list(meetings)}
    pairs = _grouped(meetings, lambda one: ("countries", *one.countries))
    small = [row for row, some in pairs.items() if _behind(some) < LEAST]
    if len(small) > 1:
        merged = [one for row in small for one in pairs.pop(row)]
        pairs["countries", OTHER] = merged
    groups |= pairs
    counts = {
        row: {column: _meetings(some, column) for column in MEETING_COLUMNS}
        for row, some in groups.items()
    }
    return _table(counts, MEETING_COLUMNS, [Sum((ALL,), tuple(pairs))])


def answer_table(
    answers: Sequence[AnswerFact], columns: Mapping[str, str], groups: Sequence[str]
) -> OutcomeTable:
    """Count answers by what they say, or by when they were asked for."""
    found: dict[Row, list[AnswerFact]] = {(ALL,): list(answers)}
    found |= {("group", group): [one for one in answers if one.group == group] for group in groups}
    counts = {
        row: {column: _answers(some, column) for column in columns} for row, some in found.items()
    }
    parts = tuple(("group", group) for group in groups)
    return _table(counts, columns, [Sum((ALL,), parts)])


def _table(
    counts: Mapping[Row, Mapping[str, Count]], columns: Mapping[str, str], sums: Sequence[Sum]
) -> OutcomeTable:
    parts = {column: whole for column, whole in columns.items() if whole}
    hidden = untold(counts, parts, [one for one in sums if one.parts])
    rows = []
    for row, cells in counts.items():
        if row == (SUM,):
            continue
        told = {
            column: None if (row, column) in hidden else count.value
            for column, count in cells.items()
        }
        rows.append(TableRow(row[0], row[1:], told))
    return OutcomeTable(tuple(columns), tuple(rows))


def _grouped(
    facts: Iterable[Fact], key: Callable[[Fact], tuple[str, ...]]
) -> dict[Row, list[Fact]]:
    found: dict[Row, list[Fact]] = defaultdict(list)
    for one in facts:
        found[key(one)].append(one)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _merged(countries: dict[Row, list[PersonFact]], side: str) -> dict[Row, list[PersonFact]]:
    """Put the countries of few people together, at the end."""
    small = [row for row, some in countries.items() if len(some) < LEAST]
    if len(small) < 2:
        return countries
    together = [one for row in small for one in countries.pop(row)]
    return countries | {("country", side, OTHER): together}


def _people(some: Iterable[PersonFact], column: str) -> Count:
    value = sum(column == "registered" or column in one.reached for one in some)
    return Count(value, value)


def _meetings(some: Iterable[MeetingFact], column: str) -> Count:
    found = [one for one in some if column in one.reached]
    return Count(len(found), _behind(found))


def _behind(some: Iterable[MeetingFact]) -> int:
    ends = [(one.left_id, one.right_id) for one in some]
    return min(len({left for left, _ in ends}), len({right for _, right in ends}))


def _answers(some: Iterable[AnswerFact], column: str) -> Count:
    found = [one.profile_id for one in some if column in one.reached]
    return Count(len(found), len(set(found)))
