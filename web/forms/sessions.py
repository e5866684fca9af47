"""The form in which organisers write a session."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from matchmaking.wall_clock import NoSuchHour, moment
from models import Edition, EditionSession
from models.session import SESSION_KINDS
from services.sessions import SessionDraft
from web.edition_words import side_name
from web.forms.clean import options
from web.forms.rounds import WholeNumberField
from web.meeting_words import zone_place
from web.session_words import audience_words, session_kind

_MOST_PLACES = 100_000
_LONG = _("Use at most %(max)s characters.", max=200)


class SessionForm(FlaskForm):
    """What a session is, when, where, and who may come. Hours are those of the chosen clock."""

    kind = SelectField(_("Kind"))
    title_en = StringField(
        _("Title in English"),
        validators=[InputRequired(_("Give the session a title.")), Length(max=200, message=_LONG)],
    )
    title_ko = StringField(_("Title in Korean"), validators=[Length(max=200, message=_LONG)])
    text_en = TextAreaField(_("What it is about, in English"))
    text_ko = TextAreaField(_("What it is about, in Korean"))
    zone = RadioField(_("The hours below are those of"))
    day = DateField(_("Day"), validators=[InputRequired(_("Choose a day."))])
    start = TimeField(_("From"), validators=[InputRequired(_("Give an hour, such as 09:00."))])
    end = TimeField(_("Until"), validators=[InputRequired(_("Give an hour, such as 11:30."))])
    place = StringField(
        _("Place"),
        validators=[Length(max=300, message=_("Use at most %(max)s characters.", max=300))],
    )
    link = StringField(
        _("Address of the online session"),
        description=_("It begins with https://. Only who has a place sees it."),
        validators=[Length(max=500, message=_("An address has 500 characters at most."))],
    )
    signs_up = BooleanField(
        _("People sign up"),
        description=_("Without it everybody may come, and nobody's time is taken."),
    )
    capacity = WholeNumberField(
        _("Places"),
        description=_("Leave it empty for no limit. When all are taken, people wait in line."),
        validators=[
            Optional(),
            NumberRange(1, _MOST_PLACES, _("Choose a number from 1 to 100000.")),
        ],
    )
    sign_up_until = DateTimeLocalField(
        _("Sign-up is open until"),
        description=_("On the same clock. Leave it empty for: until the session begins."),
        validators=[Optional()],
    )
    audience = RadioField(_("Who may sign up"), default="all")
    let_wait = BooleanField(_("Put them on the waiting list and write to them"))

    def for_edition(self, edition: Edition) -> "SessionForm":
        """Name the sides and their clocks as the edition does."""
        self.edition = edition
        self.kind.choices = options((kind, session_kind(kind)) for kind in SESSION_KINDS)
        self.zone.choices = [
            SelectChoice(side, zone_place(getattr(edition, f"{side}_zone")))
            for side in ("left", "right")
        ]
        self.audience.choices = [
            SelectChoice("all", audience_words(edition, "all")),
            SelectChoice("left", _("Only %(side)s", side=side_name(edition, "left"))),
            SelectChoice("right", _("Only %(side)s", side=side_name(edition, "right"))),
        ]
        if self.zone.data is None:
            self.zone.data = "left"
        return self

    def fill(self, row: EditionSession) -> None:
        """Show a session as it is."""
        zone = self._zone()
        for name in ("kind", "title_en", "title_ko", "text_en", "text_ko", "place", "link"):
            getattr(self, name).data = getattr(row, name)
        self.capacity.data, self.audience.data = row.capacity, row.audience
        start, end = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        self.day.data, self.start.data, self.end.data = start.date(), start.time(), end.time()
        self.signs_up.data = row.sign_up_until is not None
        if row.sign_up_until is not None and row.sign_up_until != row.starts_at:
            self.sign_up_until.data = row.sign_up_until.astimezone(zone).replace(tzinfo=None)

    def validate_end(self, field: TimeField) -> None:
        """Refuse hours that end before they begin."""
        if self.start.data and field.data and field.data <= self.start.data:
            raise ValidationError(_("The end must be after the start."))

    def draft(self) -> SessionDraft:
        """Give what was written; call it after validation.

        Raises
        ------
        NoSuchHour
            When the clocks leave one of the hours out.
        """
        zone = self._zone()
        start = moment(self.day.data, self.start.data, zone)
        return SessionDraft(
            kind=self.kind.data,
            title_en=self.title_en.data.strip(),
            title_ko=(self.title_ko.data or "").strip(),
            text_en=(self.text_en.data or "").replace("\r\n", "\n").strip(),
            text_ko=(self.text_ko.data or "").replace("\r\n", "\n").strip(),
            starts_at=start,
            ends_at=moment(self.day.data, self.end.data, zone),
            place=(self.place.data or "").strip(),
            link=self.link.data or "",
            capacity=self.capacity.data if self.signs_up.data else None,
            sign_up_until=self._until(start, zone) if self.signs_up.data else None,
            audience=self.audience.data if self.signs_up.data else "all",
        )

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(getattr(self.edition, f"{self.zone.data}_zone"))

    def _until(self, start: datetime, zone: ZoneInfo) -> datetime:
        given = self.sign_up_until.data
        return min(moment(given.date(), given.time(), zone), start) if given else start


__all__ = ["NoSuchHour", "SessionForm"]
