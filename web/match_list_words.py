"""What a match list says, in words: names of columns, rows of a page, entries of a calendar."""

from collections.abc import Iterator, Sequence

from flask import Flask
from flask_babel import format_decimal, lazy_gettext, ngettext
from flask_babel import gettext as _

from matchmaking.export import ListedMeeting, ListedPerson, Match, MatchList
from matchmaking.passages import has_hangul
from models import Edition
from services.calendar_entry import MeetingEntry
from services.calendar_file import DescribedEntry
from web.edition_words import edition_name, on_clock, side_name
from web.forms.profile import STAGES, TYPES
from web.locale import country_name, page_language
from web.meeting_words import moment_in, place_of, zone_place
from web.pdf_table import Line, Row, TableColumn, TableDocument
from web.topic_names import topic_names

_NAMES = {
    "id": lazy_gettext("Your own key (id)"),
    "name": lazy_gettext("Name"),
    "name_native": lazy_gettext("Name as written at home"),
    "organisation": lazy_gettext("Organisation"),
    "country": lazy_gettext("Country"),
    "organisation_type": lazy_gettext("Kind of organisation"),
    "career_stage": lazy_gettext("Career stage"),
    "fields": lazy_gettext("Fields"),
    "topics": lazy_gettext("Topics"),
    "languages": lazy_gettext("Languages"),
    "email": lazy_gettext("Mail address"),
    "score": lazy_gettext("Affinity"),
    "grade": lazy_gettext("Fit in a word"),
    "meeting_state": lazy_gettext("Whether the meeting is agreed"),
    "meeting_table": lazy_gettext("Table"),
}
_GRADES = {
    "excellent": lazy_gettext("Excellent fit"),
    "strong": lazy_gettext("Strong fit"),
    "good": lazy_gettext("Good fit"),
    "fair": lazy_gettext("Fair fit"),
    "weak": lazy_gettext("Weak fit"),
}


def column_name(key: str, edition: Edition) -> str:
    """Name a column for a person who chooses."""
    if key.startswith("meeting_start_"):
        zone = edition.left_zone if key.endswith("left") else edition.right_zone
        return str(_("Start of the meeting in %(city)s", city=zone_place(zone)))
    return str(_NAMES[key])


def list_document(matches: MatchList, edition: Edition, keys: Sequence[str]) -> TableDocument:
    """Say what stands around the rows of a list on paper."""
    count = len(matches.matches)
    finished = on_clock(edition, matches.made_at)
    lede = [
        ngettext("%(num)s pair.", "%(num)s pairs.", count)
        + " "
        + _("Round of %(moment)s, %(city)s.", moment=finished, city=zone_place(edition.left_zone))
    ]
    if matches.left_out:
        lede.append(left_out_sentence(matches.left_out))
    columns = [TableColumn(side_name(edition, side), 3) for side in ("left", "right")]
    if {"score", "grade"} & set(keys):
        columns.append(TableColumn(_("Fit"), 1.1))
    if _tells_meeting(keys):
        columns.append(TableColumn(_("Meeting"), 2.2))
    about = _("Match list of round %(number)s", number=matches.round)
    return TableDocument(
        title=f"{edition_name(edition)}: {about}",
        language=page_language(),
        lede=lede,
        columns=columns,
        made_at=matches.made_at,
        page_label=lambda number: str(_("Page %(number)s", number=number)),
    )


def left_out_sentence(count: int) -> str:
    """Say that pairs are missing, and why."""
    return str(
        ngettext(
            "%(num)s pair is left out, because one of the two left or withdrew a consent.",
            "%(num)s pairs are left out, because one of the two left or withdrew a consent.",
            count,
        )
    )


def list_lines(matches: MatchList, edition: Edition, keys: Sequence[str]) -> Iterator[Row]:
    """Give a list's rows on paper: two people, how well they fit, when they meet."""
    for match in matches.matches:
        row = [_person(match.left, keys), _person(match.right, keys)]
        if {"score", "grade"} & set(keys):
            row.append(_fit(match, keys))
        if _tells_meeting(keys):
            row.append(_when(match.meeting, edition, keys))
        yield row


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
    told = [_state(meeting)] if waits else []
    people = [
        ", ".join(filter(None, (name, person.who.organisation, _country(person))))
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


def _person(person: ListedPerson, keys: Sequence[str]) -> list[Line]:
    who = person.who
    place = [who.organisation] if "organisation" in keys else []
    place += [_country(person)] if "country" in keys else []
    said = {
        "name": [_line(who.name)],
        "name_native": [_line(who.name_native)] if who.name_native != who.name else [],
        "organisation_type": [_quiet(str(TYPES.get(person.organisation_type, "")))],
        "career_stage": [_quiet(str(STAGES.get(person.career_stage, "")))],
        "fields": [_quiet(", ".join(person.fields))],
        "topics": [_quiet(", ".join(topic_names(person.topics)))],
        "languages": [_quiet(", ".join(person.languages))],
        "email": [_quiet(person.email)],
        "id": [_quiet(who.id)],
    }
    order = [key for key in keys if key in said and key != "id"] + ["id"] * ("id" in keys)
    lines = [line for key in order if key.startswith("name") for line in said[key]]
    lines.append(_quiet(", ".join(filter(None, place))))
    lines += [line for key in order if not key.startswith("name") for line in said[key]]
    return [line for line in lines if line.text]


def _fit(match: Match, keys: Sequence[str]) -> list[Line]:
    word = str(_GRADES.get(match.grade, match.grade))
    lines = [_line(word)] if "grade" in keys else []
    if "score" in keys:
        lines.append(_quiet(format_decimal(match.score, "0.000")))
    return lines


def _when(meeting: ListedMeeting | None, edition: Edition, keys: Sequence[str]) -> list[Line]:
    if meeting is None:
        return [_quiet(_("no meeting"))]
    lines: list[Line] = []
    for key, zone in (
        ("meeting_start_left", edition.left_zone),
        ("meeting_start_right", edition.right_zone),
    ):
        if key in keys:
            lines.append(Line(moment_in(meeting.start, zone), quiet=bool(lines)))
    if "meeting_table" in keys and meeting.table:
        lines.append(_quiet(_("Table %(number)s", number=meeting.table)))
    if "meeting_state" in keys:
        lines.append(_quiet(_state(meeting)))
    return lines


def _state(meeting: ListedMeeting) -> str:
    waits = meeting.state == "proposed"
    return str(_("proposed, not agreed yet") if waits else _("agreed"))


def _tells_meeting(keys: Sequence[str]) -> bool:
    return any(key.startswith("meeting_") for key in keys)


def _full_name(person: ListedPerson) -> str:
    name, native = person.who.name, person.who.name_native
    return f"{name} ({native})" if native and native != name else name


def _country(person: ListedPerson) -> str:
    return country_name(person.who.country) if person.who.country else ""


def _line(text: str) -> Line:
    return Line(text, language=_language(text))


def _quiet(text: str) -> Line:
    return Line(text, quiet=True, language=_language(text))


def _language(text: str) -> str:
    korean = has_hangul(text)
    return "ko" if korean and page_language() != "ko" else ""


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["left_out_sentence"] = left_out_sentence
