"""The programme of an edition: its days with breaks, the length of a slot, tables or rooms."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from models import Edition
from services.edition_writing import Values
from services.programme import read_programme
from services.programme_editing import days_of, make_programme
from web.forms.clean import lines, options
from web.forms.edition_part import PartForm
from web.forms.programme_day import DayForm, in_words
from web.forms.rounds import WholeNumberField

TABLES, ROOMS, OWN_LINKS = "tables", "rooms", "own-links"
_MOST_DAYS = 15
_MOST_TABLES = 500


class ProgrammeForm(PartForm):
    """When people meet, for how long, and at how many tables or in which online rooms."""

    PART = "programme"

    zone = HiddenField()
    minutes = WholeNumberField(
        _("Length of a meeting, in minutes"),
        validators=[
            InputRequired(_("Give a whole number, such as 30.")),
            NumberRange(5, 240, _("Choose a number from 5 to 240.")),
        ],
    )
    where = RadioField(
        _("Where people meet"),
        choices=options(
            [
                (TABLES, _("At tables")),
                (ROOMS, _("Online, in rooms that you prepare")),
                (OWN_LINKS, _("Online, with a link that the two bring")),
            ]
        ),
        validators=[InputRequired(_("Choose one."))],
    )
    tables = WholeNumberField(
        _("Number of tables"),
        description=_("As many meetings are possible at the same time."),
        validators=[Optional(), NumberRange(1, _MOST_TABLES, _("Choose a number from 1 to 500."))],
    )
    links = TextAreaField(
        _("Addresses of the rooms"),
        description=_("One on each line, beginning with https://. Each holds one meeting at once."),
        validators=[Optional(), Length(max=50_000)],
    )
    days = FieldList(FormField(DayForm), max_entries=_MOST_DAYS)

    def fill(self, edition: Edition, values: Values) -> None:
        """Show what is stored, on the clock that was chosen, with one empty day at the end."""
        given = values["programme"]
        programme = read_programme(given)
        usual = edition.right_zone if given.get("clock") == "right" else edition.left_zone
        self.zone.data = self.zone.data or usual
        self.minutes.data = int(programme.length.total_seconds() // 60)
        rooms = ROOMS if programme.links else OWN_LINKS
        self.where.data = TABLES if programme.tables and not programme.links else rooms
        if not given:
            self.where.data = TABLES
        self.tables.data = programme.tables
        self.links.data = "\n".join(programme.links)
        for one in days_of(edition, self.zone.data):
            breaks = ", ".join(in_words(span, self.zone.data) for span in one.breaks)
            row = {"day": one.day, "start": one.start.time(), "end": one.end.time()}
            self.days.append_entry(row | {"breaks": breaks})
        self.add_row()
        self.keep_mark(values)

    def add_row(self) -> None:
        """Give an empty day at the end."""
        if len(self.days) < _MOST_DAYS:
            self.days.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as in the parent
        """Check each day, and that there are tables or rooms."""
        if not super().validate(extra_validators):
            return False
        for row in self.days:
            row.form.spans(self.zone.data)
        self.days.errors = [row.form.errors for row in self.days if row.form.errors]
        if self.where.data == TABLES and not self.tables.data:
            self.tables.errors = [_("Give a whole number, such as 20.")]
        if self.where.data == ROOMS and not all(_is_link(one) for one in self._links() or [""]):
            self.links.errors = [_("Write one address on each line, beginning with https://.")]
        return not self.errors

    def wish(self, edition: Edition) -> Values:
        """Return the programme as an edition keeps it."""
        zone = self.zone.data
        return {
            "programme": make_programme(
                [span for row in self.days for span in row.form.spans(zone)],
                self.minutes.data,
                self.tables.data if self.where.data == TABLES else None,
                tuple(self._links()) if self.where.data == ROOMS else (),
                "right" if zone == edition.right_zone else "left",
            )
        }

    def _links(self) -> list[str]:
        return [one.strip() for one in lines(self.links.data or "") if one.strip()]


def _is_link(text: str) -> bool:
    return text.startswith("https://") and len(text) <= 500 and " " not in text
