"""The forms of mailings: writing one, and finding the person on whom it is looked at."""

from collections.abc import Mapping
from typing import Self

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from models import Edition
from services.mailing_text import PLACEHOLDERS, unknown_placeholders
from services.mailings import MailingDraft
from web.edition_words import side_name
from web.mailing_words import GROUPS, LINKS

_SUBJECT, _BODY = 150, 10_000


class _Known:
    """Refuses what stands in braces and is no placeholder, beside the field."""

    def __call__(self, _form: FlaskForm, field: StringField) -> None:
        """Check one text."""
        unknown = unknown_placeholders(field.data or "")
        if unknown:
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            said = ", ".join(f"{{{name}}}" for name in unknown)
            raise ValidationError(
                _("%(said)s is not known. Known are %(known)s.", said=said, known=known)
            )


def _subject(label: str) -> StringField:
    return StringField(
        label,
        filters=[lambda text: " ".join((text or "").split())],
        validators=[
            DataRequired(_("Write a subject.")),
            Length(max=_SUBJECT, message=_("Write at most 150 characters.")),
            _Known(),
        ],
    )


def _body(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[lambda text: (text or "").replace("\r\n", "\n").strip()],
        validators=[
            DataRequired(_("Write a text.")),
            Length(max=_BODY, message=_("Write at most 10,000 characters.")),
            _Known(),
        ],
    )


class MailingForm(FlaskForm):
    """A mailing's texts in both languages, and whom it is for.

    ``seen`` is when the draft that is being changed was changed last, so that of two organisers at
    once none overwrites the other's text unseen.
    """

    seen = HiddenField()
    subject_en = _subject(_("Subject in English"))
    body_en = _body(_("Mail in English"))
    subject_ko = _subject(_("Subject in Korean"))
    body_ko = _body(_("Mail in Korean"))
    audience = RadioField(_("For whom"))
    side = RadioField(_("On which side"))
    leads_to = SelectField(
        _("Where {link} leads"),
        choices=[SelectChoice(name, label) for name, label in LINKS.items()],
    )

    def for_edition(self, edition: Edition, counts: Mapping[str, int]) -> Self:
        """Name the sides as the edition does, and say how many people each group has."""
        self.audience.choices = [
            SelectChoice(name, f"{label} ({_people(counts[name])})")
            for name, label in GROUPS.items()
        ]
        self.side.choices = [
            SelectChoice("both", _("Both sides")),
            *(SelectChoice(side, side_name(edition, side)) for side in ("left", "right")),
        ]
        return self

    def draft(self) -> MailingDraft:
        """Give what was written."""
        return MailingDraft(**{name: self[name].data for name in MailingDraft.__slots__})


class PersonForm(FlaskForm):
    """A name, so that a mailing is looked at as that person would get it."""

    name = StringField(
        _("Show it as this person gets it"),
        description=_("A part of the name is enough."),
        validators=[Length(max=200)],
    )


def _people(count: int) -> str:
    return str(ngettext("%(num)s person", "%(num)s people", count))
