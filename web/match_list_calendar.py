"""The meetings of a match list as an organiser's calendar shows them."""

from collections.abc import Iterator

from matchmaking.export import ListedMeeting, ListedPerson, Match, MatchList
from services.calendar_entry import MeetingEntry
from services.calendar_file import DescribedEntry
from web.match_list_words import country_of, meeting_state
from web.meeting_words import moment_in, place_of


def calendar_entries(matches: MatchList) -> Iterator[DescribedEntry]:
    """Describe the meetings of a list for an organiser's calendar."""
    for match in matches.matches:
        if match.meeting is not None:
            yield _entry(match, match.meeting, matches.zones)


def _entry(match: Match, meeting: ListedMeeting, zones: tuple[str, str]) -> DescribedEntry:
    names = [_full_name(person) for person in (match.left, match.right)]
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
    people = [
        ", ".join(filter(None, (name, person.who.organisation, country_of(person))))
        for name, person in zip(names, (match.left, match.right), strict=True)
    ]
    clocks = [moment_in(meeting.start, zone) for zone in zones]
    return DescribedEntry(
        entry=entry,
        summary=" – ".join(names),
        description="\n".join([*told, *people, *clocks, *([place] if place else [])]),
        location=place,
        url="",
        tentative=waits,
    )


def _full_name(person: ListedPerson) -> str:
    name, native = person.who.name, person.who.name_native
    return f"{name} ({native})" if native and native != name else name
