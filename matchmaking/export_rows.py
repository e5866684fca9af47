"""A match list as the rows of a table, and as values for JSON."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from matchmaking.export import ListedMeeting, ListedPerson, Match, MatchList
from matchmaking.export_columns import PAIR_KEYS, PERSON_KEYS, SIDES
from matchmaking.export_text import LIST_MARK, Cell


def header(keys: Sequence[str]) -> tuple[str, ...]:
    """Name the columns of a table: a person's stand once for each side."""
    people = (f"{side}_{key}" for side in SIDES for key in keys if key in PERSON_KEYS)
    return ("edition", "round", *people, *(key for key in keys if key in PAIR_KEYS))


def rows(matches: MatchList, keys: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """Give one row a match, in the order of ``header``; scores to six places.

    Moments are on the clock of a side and without its zone, as spreadsheets know them.
    """
    person = [key for key in keys if key in PERSON_KEYS]
    pair = [key for key in keys if key in PAIR_KEYS]
    zones = tuple(ZoneInfo(zone) for zone in matches.zones)
    for match in matches.matches:
        yield (
            matches.edition,
            matches.round,
            *(_of_person(match.left, key) for key in person),
            *(_of_person(match.right, key) for key in person),
            *(_of_pair(match, key, zones) for key in pair),
        )


def plain(match: Match, keys: Sequence[str]) -> dict[str, object]:
    """Give a match as values for JSON; moments are in UTC."""
    person = [key for key in keys if key in PERSON_KEYS]
    found: dict[str, object] = {
        "left": {key: _value(match.left, key) for key in person},
        "right": {key: _value(match.right, key) for key in person},
    }
    if "score" in keys:
        found["score"] = round(match.score, 6)
    if "grade" in keys:
        found["grade"] = match.grade
    if any(key.startswith("meeting_") for key in keys):
        found["meeting"] = _meeting(match.meeting)
    return found


def _value(person: ListedPerson, key: str) -> str | list[str]:
    value = getattr(person if hasattr(person, key) else person.who, key)
    return list(value) if isinstance(value, tuple) else str(value)


def _of_person(person: ListedPerson, key: str) -> str:
    value = _value(person, key)
    return value if isinstance(value, str) else LIST_MARK.join(value)


def _of_pair(match: Match, key: str, zones: tuple[ZoneInfo, ...]) -> Cell:
    if key in ("score", "grade"):
        return round(match.score, 6) if key == "score" else match.grade
    meeting = match.meeting
    if meeting is None:
        return None
    if key in ("meeting_state", "meeting_table"):
        return meeting.state if key == "meeting_state" else meeting.table
    zone = zones[key == "meeting_start_right"]
    return meeting.start.astimezone(zone).replace(tzinfo=None)


def _meeting(meeting: ListedMeeting | None) -> dict[str, object] | None:
    if meeting is None:
        return None
    return {
        "state": meeting.state,
        "start": meeting.start.isoformat(),
        "end": meeting.end.isoformat(),
        "table": meeting.table,
    }
