"""The four dates of an edition, typed in on the clock of one side."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, TimeField
from wtforms.validators import InputRequired

from models import Edition
from services.edition_dates import ORDER, HourTwice, NoSuchHour, moment
from services.edition_writing import Values
from web.forms.edition_part import PartForm

_DAY = _("Choose a day.")
_HOUR = _("Give an hour, such as 09:00.")
NO_SUCH_HOUR = _("This hour does not exist on that day: the clock is put forward.")
HOUR_TWICE = _(
    "This hour comes twice on that day, because the clock is put back. Choose another, or enter "
    "it on the other side's clock."
)


def _day(label: Any) -> DateField:  # noqa: ANN401 - a label may be lazy
    return DateField(label, validators=[InputRequired(_DAY)])


def _hour(label: Any) -> TimeField:  # noqa: ANN401 - a label may be lazy
    return TimeField(label, validators=[InputRequired(_HOUR)])


class DatesForm(PartForm):
    """A day and an hour for each date; ``zone`` is the clock that they were typed in on."""

    PART = "dates"

    zone = HiddenField()
    opens_at_day = _day(_("Registration opens, day"))
    opens_at_hour = _hour(_("Hour"))
    closes_at_day = _day(_("Registration closes, day"))
    closes_at_hour = _hour(_("Hour"))
    starts_at_day = _day(_("The forum begins, day"))
    starts_at_hour = _hour(_("Hour"))
    ends_at_day = _day(_("The forum ends, day"))
    ends_at_hour = _hour(_("Hour"))

    def fill(self, edition: Edition, values: Values) -> None:
        """Show what is stored, on the clock that was chosen."""
        zone = self.zone.data or edition.left_zone
        self.zone.data = zone
        for name in ORDER:
            there = values[name].astimezone(ZoneInfo(zone))
            self[f"{name}_day"].data = there.date()
            self[f"{name}_hour"].data = there.time()
        self.keep_mark(values)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as in the parent
        """Refuse hours that the clock skips or shows twice."""
        if not super().validate(extra_validators):
            return False
        return not [name for name in ORDER if self._moment(name) is None]

    def wish(self, edition: Edition) -> Values:
        """Return the four moments."""
        del edition
        return {name: self._moment(name) for name in ORDER}

    def _moment(self, name: str) -> datetime | None:
        field = self[f"{name}_hour"]
        try:
            return moment(self[f"{name}_day"].data, field.data, self.zone.data)
        except NoSuchHour:
            field.errors = [NO_SUCH_HOUR]
        except HourTwice:
            field.errors = [HOUR_TWICE]
        return None
