"""Writing the programme of an edition: days with breaks, the length of a slot, tables or links.

What is kept are stretches of time without a break; a day with a break for lunch is two of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from matchmaking.free_time import Span
from models import Edition
from services.errors import ServiceError
from services.programme import halves_of


class ProgrammeRefused(ServiceError):
    """A programme that cannot be; ``reason`` is a code, ``count`` how many it is about."""

    code = "programme-refused"

    def __init__(self, reason: str, count: int = 0) -> None:
        super().__init__(f"{reason} ({count})" if count else reason)
        self.reason = reason
        self.count = count


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the programme on one side's clock: from, until, and the breaks in between."""

    day: date
    start: datetime
    end: datetime
    breaks: tuple[Span, ...] = ()


def stretches(day: Span, breaks: Iterable[Span]) -> list[Span]:
    """Cut the breaks out of a day.

    Raises
    ------
    ProgrammeRefused
        ``break-outside``: a break begins before the day or ends after it, or touches another.
    """
    found, start = [], day.start
    for one in sorted(breaks):
        if one.start <= start or one.end >= day.end:
            raise ProgrammeRefused("break-outside")
        found.append(Span(start, one.start))
        start = one.end
    return [*found, Span(start, day.end)]


def days_of(edition: Edition, zone: str) -> list[Day]:
    """Read the days of a programme as one clock shows them, each with its breaks."""
    there = ZoneInfo(zone)
    halves = sorted(halves_of(edition.programme))
    days = groupby(halves, key=lambda half: half.start.astimezone(there).date())
    found = []
    for day, its in days:
        parts = list(its)
        gaps = pairwise(parts)
        found.append(
            Day(
                day,
                parts[0].start.astimezone(there),
                parts[-1].end.astimezone(there),
                tuple(Span(before.end, after.start) for before, after in gaps),
            )
        )
    return found


def make_programme(
    halves: Iterable[Span], minutes: int, tables: int | None, links: tuple[str, ...], clock: str
) -> dict[str, Any]:
    """Write a programme down as an edition keeps it.

    Parameters
    ----------
    tables
        How many meetings there are at once; None is no limit.
    links
        Addresses of online rooms, one for each table; none when people meet at real ones, or
        bring links of their own.
    clock
        The side whose clock the days are read from.
    """
    written: dict[str, Any] = {
        "slot_minutes": minutes,
        "tables": len(links) or tables,
        "half_days": [[one.start.isoformat(), one.end.isoformat()] for one in sorted(halves)],
        "clock": clock,
    }
    return written | ({"links": list(links)} if links else {})
