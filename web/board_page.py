"""The board as a page: a day's slots as rows, tables as columns; or a list where these are many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from matchmaking.free_time import Span
from models import Edition
from services.board import BoardMeeting
from web.meeting_words import day_in, day_in_short, time_in

MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class BoardDay:
    """A day of the programme, and from when to when it lasts."""

    key: str
    name: str
    short: str
    span: Span
    slots: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table in a slot, and who meets there."""

    table: int
    meeting: BoardMeeting | None


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot as a row: on both clocks, its tables, and meetings that have no table in it.

    ``open`` is False once it has begun.
    """

    start: str
    mine: str
    theirs: str
    open: bool
    cells: tuple[Cell, ...]
    loose: tuple[BoardMeeting, ...]


def board_days(edition: Edition, slots: Sequence[Span]) -> list[BoardDay]:
    """Put slots under the days of the left side's calendar."""
    by_day: dict[date, list[Span]] = {}
    for slot in slots:
        by_day.setdefault(day_of(edition, slot.start), []).append(slot)
    return [
        BoardDay(
            day.isoformat(),
            day_in(day),
            day_in_short(day),
            Span(some[0].start, max(slot.end for slot in some)),
            tuple(some),
        )
        for day, some in sorted(by_day.items())
    ]


def chosen_day(days: Sequence[BoardDay], key: str, now: datetime) -> BoardDay | None:
    """Find the day that is asked for, or the first that is not over."""
    asked = next((day for day in days if day.key == key), None)
    ahead = next((day for day in days if day.span.end > now), None)
    return asked or ahead or (days[-1] if days else None)


def slot_rows(
    edition: Edition,
    slots: Iterable[Span],
    tables: int,
    meetings: Iterable[BoardMeeting],
    now: datetime,
) -> list[SlotRow]:
    """Lay meetings out by slots and tables."""
    at: dict[tuple[datetime, int], BoardMeeting] = {}
    loose: dict[datetime, list[BoardMeeting]] = {}
    for one in meetings:
        table = one.row.table_number or 0
        if 0 < table <= tables and (one.row.starts_at, table) not in at:
            at[one.row.starts_at, table] = one
        else:
            loose.setdefault(one.row.starts_at, []).append(one)
    return [
        SlotRow(
            slot.start.isoformat(),
            time_in(slot.start, edition.left_zone),
            time_in(slot.start, edition.right_zone),
            slot.start > now,
            tuple(Cell(n, at.get((slot.start, n))) for n in range(1, tables + 1)),
            tuple(loose.get(slot.start, ())),
        )
        for slot in slots
    ]


def day_of(edition: Edition, moment: datetime) -> date:
    """Tell the day of a moment on the left side's calendar."""
    return moment.astimezone(ZoneInfo(edition.left_zone)).date()
