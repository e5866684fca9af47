"""A match list on paper: what stands around its rows, and the lines of each."""

from collections.abc import Iterator, Sequence

from flask_babel import format_decimal, lazy_gettext, ngettext
from flask_babel import gettext as _

from matchmaking.export import ListedMeeting, ListedPerson, Match, MatchList
from matchmaking.passages import has_hangul
from models import Edition
from web.edition_words import edition_name, on_clock, side_name
from web.forms.profile import STAGES, TYPES
from web.locale import page_language
from web.match_list_words import country_of, left_out_sentence, meeting_state
from web.meeting_words import moment_in, zone_place
from web.pdf_lines import Line, Row, TableColumn, TableDocument
from web.topic_names import topic_names

_GRADES = {
    "excellent": lazy_gettext("Excellent fit"),
    "strong": lazy_gettext("Strong fit"),
    "good": lazy_gettext("Good fit"),
    "fair": lazy_gettext("Fair fit"),
    "weak": lazy_gettext("Weak fit"),
}


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


def list_lines(matches: MatchList, edition: Edition, keys: Sequence[str]) -> Iterator[Row]:
    """Give a list's rows on paper: two people, how well they fit, when they meet."""
    for match in matches.matches:
        row = [_person(match.left, keys), _person(match.right, keys)]
        if {"score", "grade"} & set(keys):
            row.append(_fit(match, keys))
        if _tells_meeting(keys):
            row.append(_when(match.meeting, edition, keys))
        yield row


def _person(person: ListedPerson, keys: Sequence[str]) -> list[Line]:
    who = person.who
    place = [who.organisation] if "organisation" in keys else []
    place += [country_of(person)] if "country" in keys else []
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
        lines.append(_quiet(meeting_state(meeting)))
    return lines


def _tells_meeting(keys: Sequence[str]) -> bool:
    return any(key.startswith("meeting_") for key in keys)


def _line(text: str) -> Line:
    return Line(text, language=_language(text))


def _quiet(text: str) -> Line:
    return Line(text, quiet=True, language=_language(text))


def _language(text: str) -> str:
    korean = has_hangul(text)
    return "ko" if korean and page_language() != "ko" else ""
