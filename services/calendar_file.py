"""Meetings as an iCalendar file (RFC 5545): moments in UTC, which every calendar turns right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from services.calendar_entry import MeetingEntry, SessionEntry

_MAKER = "-//Ieum//Semiconductors Researchers Forum//EN"
_LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DescribedEntry:
    """A meeting or session with the words that a calendar shows, in its owner's language.

    ``tentative`` while the two have not agreed; an empty ``url`` is left out.
    """

    entry: MeetingEntry | SessionEntry
    summary: str
    description: str
    location: str
    url: str
    tentative: bool = False


def calendar_file(entries: Sequence[DescribedEntry], name: str = "") -> str:
    """Write meetings as a calendar.

    Parameters
    ----------
    name
        Of the whole calendar, for one that is subscribed to; empty for a single meeting.

    Returns
    -------
    str
        With the line ends that the standard asks for. The same meetings give the same text.
    """
    return b"".join(calendar_pieces(entries, name)).decode("utf-8")


def calendar_pieces(entries: Iterable[DescribedEntry], name: str = "") -> Iterator[bytes]:
    """Write a calendar a meeting at a time, for one that is not to be held whole."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", _LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    begin, *end = calendar.to_ical().rpartition(b"END:VCALENDAR")
    yield begin
    for one in entries:
        yield _event(one).to_ical()
    yield from end


def _event(one: DescribedEntry) -> Event:
    entry = one.entry
    event = Event()
    event.add("uid", f"{entry.uid}@ieum")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.start.astimezone(UTC))
    event.add("dtend", entry.end.astimezone(UTC))
    event.add("summary", one.summary)
    agreed = "TENTATIVE" if one.tentative else "CONFIRMED"
    event.add("status", "CANCELLED" if entry.cancelled else agreed)
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("description", one.description)
    if one.location:
        event.add("location", one.location)
    if one.url:
        event.add("url", one.url)
    return event
