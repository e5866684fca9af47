"""What a report on an edition is made of: facts that are counted, and tables of counts."""

from collections.abc import Mapping
from dataclasses import dataclass

PEOPLE_COLUMNS: Mapping[str, str] = {
    "registered": "",
    "paired": "registered",
    "counted": "registered",
    "met": "counted",
    "useful": "met",
    "next_step": "met",
    "proposal": "met",
    "funded": "proposal",
}
"""What is counted of people, and of which other count it is a part."""

MEETING_COLUMNS: Mapping[str, str] = {
    "pairs": "",
    "agreed": "",
    "held": "agreed",
    "told": "held",
    "talking": "told",
    "proposal": "talking",
    "funded": "proposal",
}
"""The same of pairs and meetings; ``told`` are those of which somebody said what came of them."""

ALL, OTHER, SUM = "all", "other", "sum"


@dataclass(frozen=True, slots=True)
class PersonFact:
    """One participant; ``reached`` are the columns that count them. Empty is not known."""

    id: int
    side: str
    country: str
    career_stage: str
    fields: tuple[str, ...]
    reached: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A pair of a round, a meeting, or both in one; ``reached`` as for people."""

    left_id: int
    right_id: int
    countries: tuple[str, str]
    reached: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """An answer, or the place of one that was asked for: what it says, and whose it is."""

    profile_id: int
    group: str
    reached: frozenset[str]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a report: what kind of group, which one, and its counts; None is not told."""

    kind: str
    key: tuple[str, ...]
    cells: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    """A table of a report."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def of(self, kind: str) -> tuple[TableRow, ...]:
        """Give the rows of a kind."""
        return tuple(row for row in self.rows if row.kind == kind)

    @property
    def whole(self) -> TableRow:
        """The row of everybody."""
        return self.rows[0]

    @property
    def hides(self) -> bool:
        """Whether something is not told."""
        return any(value is None for row in self.rows for value in row.cells.values())
