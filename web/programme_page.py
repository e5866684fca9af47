"""The whole programme of an edition, day by day: sessions, and the hours of the meetings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from matchmaking.free_time import Span
from services.meeting_list import AHEAD, HELD, MeetingLine
from services.session_list import SessionLine
from web.meeting_words import ZoneClock, clock_in, day_in


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """A meeting of the reader within the hours of the meetings."""

    line: MeetingLine
    clock: ZoneClock


@dataclass(frozen=True, slots=True)
class Item:
    """A session, or hours of one-to-one meetings where ``session`` is None, on both clocks."""

    clocks: tuple[ZoneClock, ZoneClock]
    session: SessionLine | None
    meetings: tuple[OwnMeeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the reader's calendar."""

    key: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose clock comes first: the zones in the reader's order, and the sides they are of."""

    zones: tuple[str, str]
    sides: tuple[str, str] = ("left", "right")

    def clocks(self, start: datetime, end: datetime) -> tuple[ZoneClock, ZoneClock]:
        """Read a stretch of time on both clocks."""
        mine, theirs = (
            clock_in(zone, start, end, side)
            for zone, side in zip(self.zones, self.sides, strict=True)
        )
        return mine, theirs

    def day(self, moment: datetime) -> date:
        """Tell the day of a moment on the reader's calendar."""
        return moment.astimezone(ZoneInfo(self.zones[0])).date()


def programme_days(
    slots: Sequence[Span],
    sessions: Iterable[SessionLine],
    mine: Iterable[MeetingLine],
    reader: Reader,
) -> list[Day]:
    """Put everything under its day, in order; slots without a pause between are one stretch."""
    agreed = [line for line in mine if line.group in (AHEAD, HELD)]
    timed = [(block.start, 0, _hours(block, agreed, reader)) for block in stretches(slots, reader)]
    for one in sessions:
        start, end = one.row.starts_at, one.row.ends_at
        timed.append((start, one.row.id, Item(reader.clocks(start, end), one)))
    timed.sort(key=lambda entry: entry[:2])
    return [
        Day(day.isoformat(), day_in(day), tuple(item for _start, _id, item in some))
        for day, some in groupby(timed, key=lambda entry: reader.day(entry[0]))
    ]


def stretches(slots: Sequence[Span], reader: Reader) -> list[Span]:
    """Join slots that follow each other on one day of the reader."""
    found: list[Span] = []
    for slot in slots:
        if found and found[-1].end == slot.start and _same_day(found[-1], slot, reader):
            found[-1] = Span(found[-1].start, slot.end)
        else:
            found.append(slot)
    return found


def _same_day(one: Span, other: Span, reader: Reader) -> bool:
    return reader.day(one.start) == reader.day(other.start)


def _hours(block: Span, lines: Iterable[MeetingLine], reader: Reader) -> Item:
    """Make the hours of the meetings, with those of the reader that are in them."""
    there = [
        line for line in lines if block.overlaps(Span(line.meeting.starts_at, line.meeting.ends_at))
    ]
    there.sort(key=lambda line: line.meeting.starts_at)
    own = (
        OwnMeeting(line, reader.clocks(line.meeting.starts_at, line.meeting.ends_at)[0])
        for line in there
    )
    return Item(reader.clocks(block.start, block.end), None, tuple(own))
