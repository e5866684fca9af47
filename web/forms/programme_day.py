"""One day of a programme as a row of fields, with its breaks as people write them."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import DateField, Form, StringField, TimeField
from wtforms.validators import Length, Optional

from matchmaking.errors import BadInput
from matchmaking.free_time import Span
from services.edition_dates import HourTwice, NoSuchHour, moment
from services.programme_editing import ProgrammeRefused, stretches
from web.forms.edition_dates import HOUR_TWICE, NO_SUCH_HOUR

_BREAK = re.compile(r"(\d{1,2}:\d\d)\s*[-–~]\s*(\d{1,2}:\d\d)")


class DayForm(Form):
    """One day; a row without a day is left out."""

    day = DateField(_("Day"), validators=[Optional()])
    start = TimeField(_("From"), validators=[Optional()])
    end = TimeField(_("Until"), validators=[Optional()])
    breaks = StringField(_("Breaks"), validators=[Optional(), Length(max=200)])

    def spans(self, zone: str) -> list[Span]:
        """Read the stretches between breaks; what is wrong is said beside its field."""
        if self.day.data is None:
            return []
        if self.start.data is None or self.end.data is None:
            return _wrong(self.start, _("Give an hour, such as 09:00."))
        try:
            whole = Span(*(moment(self.day.data, one.data, zone) for one in (self.start, self.end)))
        except BadInput:
            return _wrong(self.end, _("The end must be after the start."))
        except NoSuchHour:
            return _wrong(self.start, NO_SUCH_HOUR)
        except HourTwice:
            return _wrong(self.start, HOUR_TWICE)
        try:
            return stretches(whole, _breaks(self.breaks.data or "", self.day.data, zone))
        except ProgrammeRefused:
            return _wrong(self.breaks, _("A break lies within the day, and breaks do not touch."))
        except (ValueError, BadInput, NoSuchHour, HourTwice):
            return _wrong(self.breaks, _("Write breaks as 12:00-13:00, with commas in between."))


def _breaks(text: str, day: date, zone: str) -> list[Span]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found = []
    for part in parts:
        read = _BREAK.fullmatch(part)
        if read is None:
            raise ValueError(part)
        found.append(Span(*(moment(day, _clock(one), zone) for one in read.groups())))
    return found


def _clock(text: str) -> time:
    return datetime.strptime(text, "%H:%M").time()


def in_words(span: Span, zone: str) -> str:
    """Write a break as it is typed in."""
    there = ZoneInfo(zone)
    return f"{span.start.astimezone(there):%H:%M}-{span.end.astimezone(there):%H:%M}"


def _wrong(field: Any, text: Any) -> list[Span]:  # noqa: ANN401 - a field; a text may be lazy
    field.errors = [text]
    return []
