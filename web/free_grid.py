"""The programme as a grid of days and hours, in which one ticks when one is free."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaking.free_time import Span
from services.public_holidays import Holiday
from web.locale import country_name
from web.meeting_words import day_in_short, time_in


@dataclass(frozen=True, slots=True)
class Cell:
    """One slot: its start for the form, whether one is free, and what the other side's clock shows.

    ``open`` is False once it has begun.
    """

    value: str
    free: bool
    open: bool
    theirs: str


@dataclass(frozen=True, slots=True)
class Column:
    """One day."""

    key: str
    day: str
    holidays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One hour; a day that has no slot then has no cell."""

    hour: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole programme."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def days_of(slots: Sequence[Span], zone: str) -> list[date]:
    """List the days of the programme on a zone's calendar."""
    return sorted({_day(slot, zone) for slot in slots})


def grid_of(
    slots: Sequence[Span],
    busy: Collection[datetime],
    holidays: Mapping[date, tuple[Holiday, ...]],
    clocks: tuple[str, str],
    now: datetime,
) -> Grid:
    """Lay the slots out by the reader's days and hours.

    Parameters
    ----------
    clocks
        The reader's zone and that of the other side.
    """
    mine, theirs = clocks
    days = days_of(slots, mine)
    at = {(time_in(slot.start, mine), _day(slot, mine)): slot for slot in slots}
    return Grid(
        tuple(
            Column(day.isoformat(), day_in_short(day), _named(holidays.get(day, ())))
            for day in days
        ),
        tuple(
            Row(
                hour,
                tuple(
                    _cell(at[hour, day], busy, theirs, now) if (hour, day) in at else None
                    for day in days
                ),
            )
            for hour in sorted({hour for hour, _day in at})
        ),
    )


def switched(
    slots: Sequence[Span], free: Collection[datetime], zone: str, day: str, hour: str
) -> set[datetime]:
    """Switch a whole day or a whole hour: all free, or all busy when all were free."""
    within = {
        slot.start
        for slot in slots
        if (day and _day(slot, zone).isoformat() == day)
        or (hour and time_in(slot.start, zone) == hour)
    }
    return set(free) - within if within <= set(free) else set(free) | within


def _cell(slot: Span, busy: Collection[datetime], theirs: str, now: datetime) -> Cell:
    hour = time_in(slot.start, theirs)
    return Cell(slot.start.isoformat(), slot.start not in busy, slot.start > now, hour)


def _named(holidays: Sequence[Holiday]) -> tuple[str, ...]:
    return tuple(
        str(_("Holiday in %(country)s: %(name)s", country=country_name(one.country), name=one.name))
        for one in holidays
    )


def _day(slot: Span, zone: str) -> date:
    return slot.start.astimezone(ZoneInfo(zone)).date()
