"""The report on what came of an edition in words: one for the page, the PDF and the XLSX."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from matchmaking.outcome_values import OTHER, OutcomeTable, TableRow
from models import Edition, Field
from services.outcome import OutcomeReport
from web.edition_words import in_language, side_name
from web.forms.profile import STAGES
from web.locale import country_name

Value = int | None
PEOPLE_WORDS = {
    "registered": _("Registered"),
    "paired": _("Paired"),
    "counted": _("Agreed to be counted"),
    "met": _("Met somebody"),
    "useful": _("Found it useful"),
    "next_step": _("Plan a next step"),
    "proposal": _("Proposal"),
    "funded": _("Funded"),
}
_MEETINGS = {
    "pairs": _("Pairs"),
    "agreed": _("Meetings agreed"),
    "held": _("Meetings held"),
    "told": _("Somebody told what came of it"),
    "talking": _("Still talking, or more"),
    "proposal": _("Proposal"),
    "funded": _("Funded"),
}
_ANSWERS = {"asked": _("Asked for"), "answered": _("Answered")}
_ASKED = {
    "review": _("Right after the meeting"),
    "1": _("After one month"),
    "6": _("After six months"),
    "12": _("After twelve months"),
}
_USEFUL = {
    "4": _("We met: very useful"),
    "3": _("We met: useful"),
    "2": _("We met: hardly useful"),
    "1": _("We met: not useful"),
    "not-met": _("We did not meet"),
}
_STEPS = {
    "proposal": _("A joint proposal"),
    "visit": _("A visit"),
    "exchange": _("Sharing papers, data or samples"),
    "contact": _("Staying in contact"),
    "nothing": _("Nothing"),
}


@dataclass(frozen=True, slots=True)
class WordedTable:
    """A table for people to read; a value of None is not told."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value, ...]], ...]


def worded_tables(
    report: OutcomeReport, edition: Edition, fields: Sequence[Field]
) -> list[WordedTable]:
    """Put a report into words, the whole first."""
    words = _Words(edition, fields)
    people, meetings = report.people, report.meetings
    title = gettext("From registration to funding")
    found = [_funnel("people", title, gettext("People"), people, PEOPLE_WORDS)]
    title = gettext("From pairs to funding")
    found.append(_funnel("meetings", title, gettext("Meetings"), meetings, _MEETINGS))
    for kind, title, first in (
        ("side", gettext("By side"), gettext("Side")),
        ("career", gettext("By career stage"), gettext("Career stage")),
        ("field", gettext("By field"), gettext("Field")),
        ("country", gettext("By country"), gettext("Country")),
    ):
        rows = [(words.group(row), row) for row in sorted(people.of(kind), key=words.place)]
        found.append(_groups(kind, title, first, rows, PEOPLE_WORDS))
    rows = [(words.group(row), row) for row in meetings.of("countries")]
    title = gettext("Meetings by pair of countries")
    found.append(_groups("countries", title, gettext("Countries"), rows, _MEETINGS))
    found.append(_said("useful", gettext("How useful meetings were"), report.useful, _USEFUL))
    found.append(
        _said("steps", gettext("What people plan after a meeting"), report.next_steps, _STEPS)
    )
    asked = [(str(_ASKED[row.key[0]]), row) for row in report.asked.of("group")]
    title = gettext("How many answers there are")
    found.append(_groups("asked", title, gettext("Question"), asked, _ANSWERS))
    return [table for table in found if table.rows]


@dataclass(frozen=True)
class _Words:
    edition: Edition
    fields: Sequence[Field]

    def group(self, row: TableRow) -> str:
        """Name the group of a row."""
        if row.kind == "side":
            return self._side(row.key[0])
        if row.kind == "career":
            return str(STAGES.get(row.key[0], gettext("not known")))
        if row.kind == "field":
            names = {one.slug: in_language(one, "name") for one in self.fields}
            return names.get(row.key[0], row.key[0]) or gettext("not known")
        if row.kind == "country" and row.key[1] == OTHER:
            return str(gettext("Other countries, %(side)s", side=self._side(row.key[0])))
        if row.kind == "countries":
            return self._pair(row.key)
        return _country(row.key[-1])

    def place(self, row: TableRow) -> int:
        """Tell where a row stands: stages and fields in their own order, others as they come."""
        order = {"career": list(STAGES), "field": [one.slug for one in self.fields]}
        known = order.get(row.kind, [])
        return known.index(row.key[0]) if row.key[0] in known else len(known)

    def _side(self, side: str) -> str:
        return side_name(self.edition, side) if side else str(gettext("on no side"))

    def _pair(self, key: tuple[str, ...]) -> str:
        if key == (OTHER,):
            return str(gettext("Other pairs of countries"))
        return " – ".join(_country(code) for code in key)


def _country(code: str) -> str:
    return country_name(code) if code else str(gettext("not known"))


def _funnel(
    name: str, title: str, unit: str, table: OutcomeTable, words: Mapping[str, object]
) -> WordedTable:
    rows = ((str(words[column]), (table.whole.cells[column],)) for column in table.columns)
    return WordedTable(name, title, (gettext("Step"), unit), tuple(rows))


def _groups(
    name: str,
    title: str,
    first: str,
    rows: Iterable[tuple[str, TableRow]],
    words: Mapping[str, object],
) -> WordedTable:
    told = ((label, tuple(row.cells[column] for column in words)) for label, row in rows)
    return WordedTable(name, title, (first, *map(str, words.values())), tuple(told))


def _said(name: str, title: str, table: OutcomeTable, words: Mapping[str, object]) -> WordedTable:
    by_key = {row.key[0]: row for row in table.of("group")}
    rows = [(str(word), by_key[key]) for key, word in words.items()]
    return _groups(name, title, gettext("Answer"), rows, {"answered": gettext("Answers")})
