"""The form for an edition's names, texts and clocks."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from models import Edition
from services.edition_writing import Values
from web.forms.clean import options
from web.forms.edition_part import PartForm, short

_TEXT_LIMIT = 5000


class TextsForm(PartForm):
    """Names, texts and clocks."""

    PART = "texts"

    name_en = StringField(
        _("Name in English"),
        validators=[InputRequired(_("Write the name in English.")), short(200)],
    )
    name_ko = StringField(_("Name in Korean"), validators=[short(200)])
    text_en = TextAreaField(
        _("Text in English"),
        description=_("What it is about and for whom, in a few sentences."),
        validators=[short(_TEXT_LIMIT)],
    )
    text_ko = TextAreaField(_("Text in Korean"), validators=[short(_TEXT_LIMIT)])
    left_name_en = StringField(
        _("First side, in English"), validators=[InputRequired(_("Name the side.")), short(80)]
    )
    left_name_ko = StringField(_("First side, in Korean"), validators=[short(80)])
    left_zone = SelectField(_("First side's clock"))
    right_name_en = StringField(
        _("Second side, in English"), validators=[InputRequired(_("Name the side.")), short(80)]
    )
    right_name_ko = StringField(_("Second side, in Korean"), validators=[short(80)])
    right_zone = SelectField(_("Second side's clock"))

    def prepare(self, edition: Edition) -> None:
        """Offer every zone by its region and city."""
        del edition
        names = sorted(name for name in available_timezones() if _is_a_place(name))
        labels = [(name, name.replace("_", " ").replace("/", " / ")) for name in names]
        self.left_zone.choices = options(labels)
        self.right_zone.choices = options(labels)

    def wish(self, edition: Edition) -> Values:
        """Return the values without spaces around them, line ends as Unix has them."""
        values = super().wish(edition)
        return {name: (text or "").strip().replace("\r\n", "\n") for name, text in values.items()}


def _is_a_place(zone: str) -> bool:
    region, _slash, city = zone.partition("/")
    return bool(city) and region not in ("Etc", "SystemV", "US", "posix", "right")
