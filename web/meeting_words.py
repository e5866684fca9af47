"""Meetings in words: their moments on clocks, their places, their entries in a calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from flask import Flask, current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaking.free_time import Span
from models import Meeting
from services.calendar_entry import MeetingEntry, SessionEntry
from services.calendar_file import DescribedEntry, calendar_file
from services.meeting_list import MeetingLine
from web.edition_words import in_language

Entry = MeetingEntry | SessionEntry


@dataclass(frozen=True, slots=True)
class ZoneClock:
    """A moment, or a stretch of time, as a clock of a zone shows it."""

    side: str
    place: str
    date: str
    time: str
    iso: str


def zone_place(zone: str) -> str:
    """Name the city of a time zone."""
    return str(get_timezone_location(zone, locale=_language(), return_city=True))


def clock_in(zone: str, start: datetime, end: datetime | None = None, side: str = "") -> ZoneClock:
    """Read a moment, or a stretch of time, on a zone's clock."""
    there = start.astimezone(ZoneInfo(zone))
    shown = _time(there)
    if end is not None:
        shown = f"{shown}–{_time(end.astimezone(ZoneInfo(zone)))}"
    day = str(format_date(there.date(), "full", locale=_language()))
    return ZoneClock(side, zone_place(zone), day, shown, there.isoformat())


def moment_in(start: str | datetime, zone: str) -> str:
    """Tell a moment with its day and the city of the clock, as mails and descriptions do."""
    moment = datetime.fromisoformat(start) if isinstance(start, str) else start
    there = moment.astimezone(ZoneInfo(zone))
    values = {"date": day_in(there.date()), "time": _time(there), "city": zone_place(zone)}
    return str(_("%(date)s, %(time)s in %(city)s", **values))


def time_in(moment: datetime, zone: str) -> str:
    """Tell the hour only."""
    return _time(moment.astimezone(ZoneInfo(zone)))


def day_in(day: date, style: str = "full") -> str:
    """Tell a day."""
    return str(format_date(day, style, locale=_language()))


def day_in_short(day: date) -> str:
    """Tell a day of these months, for the head of a column."""
    return str(format_skeleton("MMMEd", datetime(day.year, day.month, day.day), locale=_language()))


def place_of(meeting: Meeting | MeetingEntry) -> str:
    """Tell where a meeting is: at a table, in an online room of the edition, or online."""
    table = meeting.table if isinstance(meeting, MeetingEntry) else meeting.table_number
    if table and meeting.link:
        return str(_("Online, room %(number)s", number=table))
    return str(_("Table %(number)s", number=table) if table else _("Online"))


def both_times(line: MeetingLine, start: datetime, end: datetime, mine: str) -> list[ZoneClock]:
    """Read a stretch of time on the reader's own clock, then on the partner's side's."""
    edition = line.edition
    other = "right" if line.side == "left" else "left"
    theirs = edition.right_zone if other == "right" else edition.left_zone
    return [clock_in(mine, start, end, line.side), clock_in(theirs, start, end, other)]


@dataclass(frozen=True, slots=True)
class OfferedTime:
    """A time to choose: its start as it goes into the form, and both clocks."""

    value: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class OfferedDay:
    """The times of one day of the reader's own calendar."""

    day: str
    times: tuple[OfferedTime, ...]


def offered_days(spans: Iterable[Span], mine: str, theirs: str) -> list[OfferedDay]:
    """Put times under the reader's days, with the hour at the other side beside each."""
    zone = ZoneInfo(mine)
    by_day = groupby(spans, key=lambda span: span.start.astimezone(zone).date())
    return [
        OfferedDay(day_in(day), tuple(_offered(span, day, mine, theirs) for span in some))
        for day, some in by_day
    ]


def _offered(span: Span, day: date, mine: str, theirs: str) -> OfferedTime:
    there = span.start.astimezone(ZoneInfo(theirs))
    hour = _time(there)
    if there.date() != day:
        hour = f"{hour} ({format_date(there.date(), 'EEE', locale=_language())})"
    values = {"city": zone_place(theirs), "time": hour}
    return OfferedTime(
        span.start.isoformat(),
        f"{time_in(span.start, mine)}–{time_in(span.end, mine)}",
        str(_("%(time)s in %(city)s", **values)),
    )


def as_calendar(entries: Sequence[Entry], base: str, *, name: str = "") -> str:
    """Write meetings and sessions as an iCalendar file in the language of the moment.

    Parameters
    ----------
    base
        What links begin with.
    name
        Of a calendar to subscribe to.
    """
    return calendar_file([_described(one, base) for one in entries], name)


def _described(entry: Entry, base: str) -> DescribedEntry:
    if isinstance(entry, SessionEntry):
        place = entry.place
        summary, path = in_language(entry, "title"), _path("sessions.show", entry.session_id)
    else:
        place = place_of(entry)
        summary = str(_("Meeting with %(name)s", name=entry.partner or _("a researcher")))
        path = _path("meetings.show", entry.meeting_id)
        if entry.board:
            summary = entry.partner
            path = _path("schedule.meeting", entry.meeting_id, slug=entry.board)
    clocks = [moment_in(entry.start, zone) for zone in entry.zones]
    where = ": ".join(part for part in (place, entry.link) if part)
    return DescribedEntry(
        entry=entry,
        summary=summary,
        description="\n".join([*clocks, *([where] if where else []), base + path]),
        location=entry.link or place,
        url=base + path,
        tentative=isinstance(entry, MeetingEntry) and entry.tentative,
    )


def _path(endpoint: str, number: int, **values: str) -> str:
    key = "session_id" if endpoint.startswith("sessions.") else "meeting_id"
    return str(current_app.url_map.bind("").build(endpoint, {key: number, **values}))


def _time(there: datetime) -> str:
    return str(format_time(there.time(), "HH:mm", locale=_language()))


def _language() -> str:
    return str(get_locale() or "en")


def init_app(app: Flask) -> None:
    """Give templates the words."""
    for function in (zone_place, moment_in, time_in, day_in, place_of):
        app.jinja_env.filters[function.__name__] = function
