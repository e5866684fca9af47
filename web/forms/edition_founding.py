"""The forms that make an edition: a new one, and one after an earlier one."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, NumberRange

from services.edition_founding import Naming
from web.forms.edition_part import short
from web.forms.rounds import WholeNumberField


class NamingForm(FlaskForm):
    """What an edition is called, and when it begins."""

    name_en = StringField(
        _("Name in English"),
        validators=[InputRequired(_("Write the name in English.")), short(200)],
    )
    name_ko = StringField(_("Name in Korean"), validators=[short(200)])
    slug = StringField(
        _("Short name"),
        description=_("For addresses and commands, such as jeju-2027. It stays as it is."),
        validators=[InputRequired(_("Write a short name.")), short(60)],
    )
    first_day = DateField(
        _("First day of the forum"), validators=[InputRequired(_("Choose a day."))]
    )

    def naming(self) -> Naming:
        """Return what the edition is to be called."""
        return Naming(
            (self.slug.data or "").strip(),
            (self.name_en.data or "").strip(),
            (self.name_ko.data or "").strip(),
        )

    def refuse(self, name: str, text: Any) -> None:  # noqa: ANN401 - a text may be lazy
        """Say beside a field what is wrong with it."""
        self[name].errors = [text]


class NewEditionForm(NamingForm):
    """A new edition with nothing to begin from."""

    days = WholeNumberField(
        _("How many days"),
        default=2,
        validators=[
            InputRequired(_("Give a whole number, such as 2.")),
            NumberRange(1, 14, _("Choose a number from 1 to 14.")),
        ],
    )
