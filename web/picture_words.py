"""The pictures of an edition in words: titles that say the finding, tables, and what is drawn.

``plot`` is what static/js/pictures.js draws: a kind, labels, and series that name their side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaking.export_text import Cell
from models import Edition, Field
from services.outcome import OutcomeReport
from services.pictures import CountryPairs, SidedCount
from web.edition_words import in_language, side_name
from web.locale import country_name, page_language
from web.outcome_words import PEOPLE_WORDS
from web.topic_names import topic_names

SIDES = ("left", "right")
MOST_COUNTRIES = 12
_STEPS = ("registered", "paired", "met", "useful", "proposal", "funded")


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its table; ``name`` is the word in addresses, empty rows draw nothing."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    plot: Mapping[str, Any]


def registrations_chart(edition: Edition, days: Mapping[date, SidedCount]) -> Chart:
    """Draw who had joined by each day."""
    last = max(days, default=None)
    whole = days[last] if last else SidedCount(0, 0)
    title = _(
        "%(left)s from %(left_name)s and %(right)s from %(right_name)s have joined",
        left=whole.left,
        left_name=side_name(edition, "left"),
        right=whole.right,
        right_name=side_name(edition, "right"),
    )
    # a line begins where nobody had joined yet
    before = {min(days) - timedelta(days=1): SidedCount(0, 0)} if days else {}
    shown = [format_date(day, "medium", locale=page_language()) for day in days]
    return Chart(
        "registrations",
        title,
        (_("Day"), *_side_names(edition)),
        tuple(
            (day, count.left, count.right) for day, count in zip(shown, days.values(), strict=True)
        ),
        {
            "kind": "lines",
            "labels": [day.isoformat() for day in (*before, *days)],
            "series": _sided(edition, [*before.values(), *days.values()]),
        },
    )


def fields_chart(edition: Edition, found: Sequence[tuple[Field, SidedCount]]) -> Chart:
    """Draw how many people work in each field."""
    names = [in_language(field, "name") for field, _count in found]
    counts = [count for _field, count in found]
    title = _("Nobody has named a field yet")
    if counts:
        most = max(range(len(counts)), key=lambda at: counts[at].left + counts[at].right)
        title = _(
            "%(field)s has most people: %(left)s and %(right)s",
            field=names[most],
            left=counts[most].left,
            right=counts[most].right,
        )
    return _bars(edition, "fields", title, _("Field"), names, counts)


def topics_chart(edition: Edition, found: Sequence[tuple[str, SidedCount]]) -> Chart:
    """Draw the most frequent topics."""
    names = topic_names([word for word, _count in found])
    counts = [count for _word, count in found]
    title = _("Nobody has named a topic yet")
    if counts:
        title = ngettext(
            "%(topic)s is the most frequent topic, of %(num)s person",
            "%(topic)s is the most frequent topic, of %(num)s people",
            counts[0].left + counts[0].right,
            topic=names[0],
        )
    return _bars(edition, "topics", title, _("Topic"), names, counts)


def countries_chart(edition: Edition, found: CountryPairs) -> Chart:
    """Draw which countries a round brings together; the rarest of many are in the table only."""
    title = _("No round has brought countries together yet")
    if found.counts:
        (one, other), most = max(found.counts.items(), key=lambda item: (item[1], item[0]))
        title = _(
            "Round %(number)s joins %(one)s and %(other)s most: %(most)s of %(total)s pairs",
            number=found.round,
            one=country_name(one),
            other=country_name(other),
            most=most,
            total=found.total,
        )
    left, right = found.left[:MOST_COUNTRIES], found.right[:MOST_COUNTRIES]
    order = sorted(found.counts.items(), key=lambda item: (-item[1], item[0]))
    return Chart(
        "countries",
        title,
        (*_side_names(edition), _("Pairs")),
        tuple((country_name(one), country_name(other), count) for (one, other), count in order),
        {
            "kind": "heat",
            "rows": [country_name(code) for code in left],
            "columns": [country_name(code) for code in right],
            "cells": [
                [column, row, found.counts[one, other]]
                for row, one in enumerate(left)
                for column, other in enumerate(right)
                if (one, other) in found.counts
            ],
        },
    )


def funnel_chart(report: OutcomeReport) -> Chart:
    """Draw how far people came, from registration to funding; what tells of few is left out."""
    cells = report.people.whole.cells
    steps = [(str(PEOPLE_WORDS[step]), cells[step]) for step in _STEPS]
    told = [(label, value) for label, value in steps if value is not None]
    registered = cells["registered"]
    title = _("Nobody takes part yet")
    if registered:
        title = ngettext(
            "Of %(num)s person, %(met)s met somebody",
            "Of %(num)s people, %(met)s met somebody",
            registered,
            met=cells["met"] if cells["met"] is not None else _("a few"),
        )
    return Chart(
        "outcome",
        title,
        (_("Step"), _("People")),
        tuple(told) if registered else (),
        {
            "kind": "steps",
            "labels": [label for label, _value in told],
            "series": [{"name": _("People"), "side": "", "values": [value for _l, value in told]}],
        },
    )


def _bars(
    edition: Edition,
    name: str,
    title: str,
    first: str,
    labels: Sequence[str],
    counts: Sequence[SidedCount],
) -> Chart:
    return Chart(
        name,
        title,
        (first, *_side_names(edition)),
        tuple(
            (label, count.left, count.right) for label, count in zip(labels, counts, strict=True)
        ),
        {"kind": "bars", "labels": list(labels), "series": _sided(edition, counts)},
    )


def _side_names(edition: Edition) -> tuple[str, ...]:
    return tuple(side_name(edition, side) for side in SIDES)


def _sided(edition: Edition, counts: Sequence[SidedCount]) -> list[dict[str, Any]]:
    return [
        {
            "name": side_name(edition, side),
            "side": side,
            "values": [getattr(count, side) for count in counts],
        }
        for side in SIDES
    ]
