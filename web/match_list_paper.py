"""A match list on paper: what stands around its rows, and the lines of each."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache, partial

from flask_babel import format_decimal, gettext, ngettext
from flask_babel import lazy_gettext as _

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

_KEPT = 20_000
_GRADES = {
    "excellent": _("Excellent fit"),
    "strong": _("Strong fit"),
    "good": _("Good fit"),
    "fair": _("Fair fit"),
    "weak": _("Weak fit"),
}


def list_document(matches: MatchList, edition: Edition, keys: Sequence[str]) -> TableDocument:
    """Say what stands around the rows of a list on paper."""
    count = len(matches.matches)
    finished = on_clock(edition, matches.made_at)
    lede = [
        ngettext("%(num)s pair.", "%(num)s pairs.", count)
        + " "
        + gettext(
            "Round of %(moment)s, %(city)s.", moment=finished, city=zone_place(edition.left_zone)
        )
    ]
    if matches.left_out:
        lede.append(left_out_sentence(matches.left_out))
    columns = [TableColumn(side_name(edition, side), 3) for side in ("left", "right")]
    if {"score", "grade"} & set(keys):
        columns.append(TableColumn(gettext("Fit"), 1.1))
    if _tells_meeting(keys):
        columns.append(TableColumn(gettext("Meeting"), 2.2))
    about = gettext("Match list of round %(number)s", number=matches.round)
    return TableDocument(
        title=f"{edition_name(edition)}: {about}",
        language=page_language(),
        lede=lede,
        columns=columns,
        made_at=matches.made_at,
        page_label=lambda number: str(gettext("Page %(number)s", number=number)),
    )


def list_lines(matches: MatchList, edition: Edition, keys: Sequence[str]) -> Iterator[Row]:
    """Give a list's rows on paper: two people, how well they fit, when they meet."""
    # People stand in several rows, and meetings share their slots.
    person = lru_cache(_KEPT)(partial(_person, keys=keys))
    clocks = lru_cache(_KEPT)(partial(_clocks, edition=edition, keys=keys))
    for match in matches.matches:
        row = [person(match.left), person(match.right)]
        if {"score", "grade"} & set(keys):
            row.append(_fit(match, keys))
        if _tells_meeting(keys):
            row.append(_when(match.meeting, clocks, keys))
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


def _when(
    meeting: ListedMeeting | None,
    clocks: Callable[[datetime], Sequence[Line]],
    keys: Sequence[str],
) -> list[Line]:
    if meeting is None:
        return [_quiet(gettext("no meeting"))]
    lines = list(clocks(meeting.start))
    if "meeting_table" in keys and meeting.table:
        lines.append(_quiet(gettext("Table %(number)s", number=meeting.table)))
    if "meeting_state" in keys:
        lines.append(_quiet(meeting_state(meeting)))
    return lines


def _clocks(start: datetime, edition: Edition, keys: Sequence[str]) -> Sequence[Line]:
    zones = {
        "meeting_start_left": edition.left_zone,
        "meeting_start_right": edition.right_zone,
    }
    told = [moment_in(start, zone) for key, zone in zones.items() if key in keys]
    return [Line(text, quiet=place > 0) for place, text in enumerate(told)]


def _tells_meeting(keys: Sequence[str]) -> bool:
    return any(key.startswith("meeting_") for key in keys)


def _line(text: str) -> Line:
    return Line(text, language=_language(text))


def _quiet(text: str) -> Line:
    return Line(text, quiet=True, language=_language(text))


def _language(text: str) -> str:
    korean = has_hangul(text)
    return "ko" if korean and page_language() != "ko" else ""
