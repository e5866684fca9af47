"""The form of a call, for organisers."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeLocalField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from services import profile_values as values
from services.call_content import CallContent
from services.profile_values import BadValue
from web.forms.call_values import amount, between, currency, link
from web.forms.clean import Clean, options, read, whole_number, words
from web.rule_words import preset_name

_MOMENTS = ("opens_at", "deadline_at")
_FORMAT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


def _text(limit: int) -> Clean:
    return Clean(lambda text: values.plain_text(text, limit))


def _moment(label: Any) -> DateTimeLocalField:  # noqa: ANN401 - a label may be lazy
    return DateTimeLocalField(label, format=_FORMAT, validators=[Optional()])


class UsualRequestsForm(FlaskForm):
    """How many requests of coordinators may wait for one person at once."""

    most = StringField(
        _("Requests that may wait for one person at once"),
        description=_("From 0 to 20. Everybody may set a number of their own."),
        validators=[InputRequired(_("Give a whole number, such as 3.")), between(0, 20)],
    )


class CallForm(FlaskForm):
    """Everything that an organiser says of a call."""

    seen = HiddenField()
    identifier = StringField(
        _("Identifier"),
        description=_("As the call text has it, such as HORIZON-JU-Chips-2024-3-RIA."),
        validators=[InputRequired(_("Write the identifier.")), _text(80)],
    )
    programme = StringField(_("Programme"), validators=[_text(200)])
    title_en = StringField(
        _("Title in English"), validators=[InputRequired(_("Write a title.")), _text(300)]
    )
    title_ko = StringField(_("Title in Korean"), validators=[_text(300)])
    text_en = TextAreaField(
        _("Summary in English"),
        description=_("What it is about. Participants are compared with these words."),
        validators=[_text(20_000)],
    )
    text_ko = TextAreaField(_("Summary in Korean"), validators=[_text(20_000)])
    topics = StringField(
        _("Topics"),
        description=_("With commas between."),
        validators=[Clean(lambda text: tuple(values.texts(words(text))))],
    )
    zone = SelectField(
        _("Time zone of the two moments"),
        choices=options((zone, zone) for zone in sorted(available_timezones()) if "/" in zone),
    )
    opens_at = _moment(_("Opens"))
    deadline_at = _moment(_("Deadline"))
    budget_left = StringField(_("Budget, first side"), validators=[Clean(amount)])
    budget_left_currency = StringField(_("Currency"), validators=[Clean(currency)])
    budget_right = StringField(_("Budget, second side"), validators=[Clean(amount)])
    budget_right_currency = StringField(_("Currency"), validators=[Clean(currency)])
    budget_note_en = StringField(
        _("On the budget, in English"),
        description=_("A sentence, such as: EUR 1.5 million for each project."),
        validators=[_text(500)],
    )
    budget_note_ko = StringField(_("On the budget, in Korean"), validators=[_text(500)])
    trl_from = StringField(_("Technology readiness from"), validators=[between(1, 9)])
    trl_to = StringField(_("Technology readiness to"), validators=[between(1, 9)])
    duration_months = StringField(_("Duration in months"), validators=[between(1, 120)])
    preset = SelectField(
        _("Rules of the call"),
        description=_("Consortia are checked by them while they are put together."),
    )
    link = StringField(_("Address of the call text"), validators=[Clean(link)])
    source = StringField(
        _("Source of these facts"),
        description=_("Where you read them; participants are told to check the call text."),
        validators=[_text(500)],
    )
    checked_on = DateField(_("Checked on"), validators=[Optional()])

    def offer(self, presets: list[str]) -> None:
        """Offer the rules that the edition knows."""
        self.preset.choices = options((name, preset_name(name)) for name in presets)

    def fill(self, content: CallContent) -> None:
        """Show a call; its moments on its own clock."""
        for name in CallContent.__dataclass_fields__:
            value = getattr(content, name)
            if name in _MOMENTS and value is not None:
                value = value.astimezone(ZoneInfo(content.zone))
            elif name == "topics":
                value = ", ".join(value)
            elif isinstance(value, int):
                value = str(value)
            self[name].data = value
        self.seen.data = content.mark

    @property
    def content(self) -> CallContent:
        """What a valid form says."""
        zone = ZoneInfo(self.zone.data)
        found: dict[str, Any] = {}
        for name in CallContent.__dataclass_fields__:
            field = self[name]
            cleans = any(isinstance(one, Clean) for one in field.validators)
            found[name] = read(field) if cleans else field.data
        for name in _MOMENTS:
            moment: datetime | None = found[name]
            found[name] = moment and moment.replace(tzinfo=zone)
        return CallContent(**found)

    def validate_deadline_at(self, field: DateTimeLocalField) -> None:
        """Refuse a deadline before the opening."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_("The deadline must be after the opening."))

    def validate_trl_to(self, field: StringField) -> None:
        """Refuse a span that ends before it begins."""
        try:
            low, high = whole_number(self.trl_from.data or ""), whole_number(field.data or "")
        except BadValue:
            return
        if low and high and high < low:
            raise ValidationError(_("This must not be below the first number."))
