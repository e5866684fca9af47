"""The meetings of a match list as an organiser's calendar shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matchmaking.export import ListedMeeting, ListedPerson, MatchList
from services.calendar_entry import MeetingEntry
from services.calendar_file import DescribedEntry
from web.match_list_words import country_of, meeting_state
from web.meeting_words import moment_in, place_of

_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    line: str


def calendar_entries(matches: MatchList) -> Iterator[DescribedEntry]:
    """Describe the meetings of a list for an organiser's calendar."""
    # People stand in several meetings, and meetings share their slots.
    person = lru_cache(_KEPT)(_person)
    clocks = lru_cache(_KEPT)(lambda start: [moment_in(start, zone) for zone in matches.zones])
    for match in matches.matches:
        if match.meeting is not None:
            ends = (person(match.left), person(match.right))
            yield _entry(match.meeting, ends, clocks(match.meeting.start), matches.zones)


def _entry(
    meeting: ListedMeeting,
    ends: tuple[_Named, _Named],
    clocks: list[str],
    zones: tuple[str, str],
) -> DescribedEntry:
    entry = MeetingEntry(
        meeting_id=meeting.id,
        # The same meeting stands in the calendars of the two under its own name.
        uid=f"{meeting.uid}-list",
        sequence=meeting.sequence,
        start=meeting.start,
        end=meeting.end,
        cancelled=False,
        changed_at=meeting.changed_at,
        partner="",
        table=meeting.table,
        link="",
        zones=zones,
    )
    waits = meeting.state == "proposed"
    place = "" if waits and not meeting.table else place_of(entry)
    told = [meeting_state(meeting)] if waits else []
    return DescribedEntry(
        entry=entry,
        summary=" – ".join(one.name for one in ends),
        description="\n".join(
            [*told, *(one.line for one in ends), *clocks, *([place] if place else [])]
        ),
        location=place,
        url="",
        tentative=waits,
    )


def _person(person: ListedPerson) -> _Named:
    name, native = person.who.name, person.who.name_native
    name = f"{name} ({native})" if native and native != name else name
    said = (name, person.who.organisation, country_of(person))
    return _Named(name, ", ".join(filter(None, said)))
