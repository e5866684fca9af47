"""Writing the programme of an edition: days with breaks, the length of a slot, tables or links.

What is kept are stretches of time without a break; a day with a break for lunch is two of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from matchmaking.errors import BadInput
from matchmaking.free_time import Span
from models import Edition, Meeting
from services.errors import ServiceError
from services.meeting_rules import ACCEPTED, PROPOSED
from services.programme import halves_of, read_programme

_LONGEST_DAYS = 14
_MOST_SLOTS = 500


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


def check_programme(
    session: Session, edition: Edition, wish: dict[str, Any], now: datetime
) -> None:
    """Refuse a programme that cannot be, or that would take the place of meetings to come.

    Raises
    ------
    ProgrammeRefused
        ``overlap``, ``outside`` the forum's dates, ``too-long``, ``no-slot``, or ``meetings``
        that stand in slots or at tables which would no longer be there.
    """
    try:
        halves = sorted(halves_of(wish))
        programme = read_programme(wish)
    except (BadInput, ValueError) as error:
        raise ProgrammeRefused("no-slot") from error
    if any(one.overlaps(other) for one, other in pairwise(halves)):
        raise ProgrammeRefused("overlap")
    if any(one.start < edition.starts_at or one.end > edition.ends_at for one in halves):
        raise ProgrammeRefused("outside")
    if halves and halves[-1].end - halves[0].start > timedelta(days=_LONGEST_DAYS):
        raise ProgrammeRefused("too-long")
    if halves and not programme.slots:
        raise ProgrammeRefused("no-slot")
    if len(programme.slots) > _MOST_SLOTS:
        raise ProgrammeRefused("too-long")
    _keep_meetings(session, edition, wish, now)


def renew_links(session: Session, edition: Edition, now: datetime) -> None:
    """Give meetings to come the address of the online room that their table is now."""
    programme = read_programme(edition.programme)
    query = select(Meeting).where(
        Meeting.edition_id == edition.id,
        Meeting.state == ACCEPTED,
        col(Meeting.starts_at) > now,
        col(Meeting.table_number).is_not(None),
    )
    for meeting in session.exec(query):
        link = programme.link_at(meeting.table_number)
        if link != meeting.link:
            meeting.link, meeting.changed_at = link, now
            meeting.sequence += 1
    session.flush()


def _keep_meetings(session: Session, edition: Edition, wish: dict[str, Any], now: datetime) -> None:
    programme, before = read_programme(wish), read_programme(edition.programme)
    slots, old = set(programme.slots), set(before.slots)
    query = select(Meeting.starts_at, Meeting.ends_at, Meeting.table_number).where(
        Meeting.edition_id == edition.id,
        col(Meeting.state).in_((PROPOSED, ACCEPTED)),
        col(Meeting.starts_at) > now,
    )
    lost = 0
    for start, end, table in session.exec(query):
        slot = Span(start, end)
        without_slot = slot in old and slot not in slots
        without_table = table is not None and (programme.tables or 0) < table
        lost += without_slot or without_table
    if lost:
        raise ProgrammeRefused("meetings", lost)
