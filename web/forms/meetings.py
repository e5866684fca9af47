"""Forms of the meetings: a time, a link, free windows, a zone."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, ValidationError

from matchmaking.free_time import Span
from web.forms.clean import options
from web.forms.rounds import WholeNumberField
from web.meeting_words import zone_place

_MOST_WEEKS = 12


class TimeForm(FlaskForm):
    """One of the times that both share, by its start."""

    start = RadioField(
        _("Time"),
        choices=[],
        validate_choice=False,
        validators=[InputRequired(_("Choose a time."))],
    )

    def offer(self, spans: Iterable[Span]) -> None:
        """Offer times."""
        starts = [span.start.isoformat() for span in spans]
        self.start.choices = options((start, start) for start in starts)

    def validate_start(self, field: RadioField) -> None:
        """Refuse what is no moment at all; whether it is free, the services know."""
        try:
            moment = datetime.fromisoformat(field.data)
        except ValueError as error:
            raise ValidationError(_("Choose a time.")) from error
        if moment.tzinfo is None:
            raise ValidationError(_("Choose a time."))

    @property
    def moment(self) -> datetime:
        """The chosen start."""
        return datetime.fromisoformat(self.start.data)


class LinkForm(FlaskForm):
    """Where in the web a meeting is."""

    link = StringField(
        _("Address of the online meeting"),
        description=_(
            "From your meeting service; it begins with https://. Either of you can set it."
        ),
        validators=[Length(max=500, message=_("An address has 500 characters at most."))],
    )


class WindowForm(FlaskForm):
    """Hours of one's own, once or every week."""

    day = DateField(_("Day"), validators=[InputRequired(_("Choose a day."))])
    start = TimeField(_("From"), validators=[InputRequired(_("Give an hour, such as 09:00."))])
    end = TimeField(_("Until"), validators=[InputRequired(_("Give an hour, such as 11:30."))])
    weeks = WholeNumberField(
        _("For how many weeks"),
        default=1,
        description=_("1 for this day only, up to 12 for the same weekday again and again."),
        validators=[InputRequired(_("Give a whole number, such as 1."))],
    )

    def validate_end(self, field: TimeField) -> None:
        """Refuse hours that end before they begin."""
        if self.start.data and field.data and field.data <= self.start.data:
            raise ValidationError(_("The end must be after the start."))

    def validate_weeks(self, field: WholeNumberField) -> None:
        """Refuse more than a season."""
        if field.data is None or not 1 <= field.data <= _MOST_WEEKS:
            raise ValidationError(_("Choose a number from 1 to 12."))


class ZoneForm(FlaskForm):
    """The zone that one reads times in."""

    zone = SelectField(_("Your time zone"))

    def offer(self, usual: str) -> None:
        """Offer every zone by the name of its region and city; first the usual one."""
        usual_label = _("As usual for my side: %(city)s", city=zone_place(usual))
        names = sorted(name for name in available_timezones() if _is_a_place(name))
        labels = [(name, name.replace("_", " ").replace("/", " / ")) for name in names]
        self.zone.choices = options(labels, usual_label)


class MailsForm(FlaskForm):
    """Which mails one wants."""

    reminders = BooleanField(_("Remind me before a meeting"))
    follow_ups = BooleanField(_("Ask me after a meeting, and later, what came of it"))


def _is_a_place(zone: str) -> bool:
    region, _slash, city = zone.partition("/")
    return bool(city) and region not in ("Etc", "SystemV", "US", "posix", "right")
