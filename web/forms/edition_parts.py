"""The forms of an edition's parts, one for each; services/edition_editing.py keeps them."""

from collections.abc import Iterable
from typing import Any, ClassVar
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models import Edition
from services.edition_editing import PARTS, Values, mark
from web.country_list import read_countries, write_countries
from web.edition_words import side_name
from web.forms.clean import options
from web.forms.rounds import WholeNumberField

_MOST_PARTNERS = 50
_MOST_PLACES = 100_000
_TEXT_LIMIT = 5000
LISTINGS = {
    "organisers": _("Its organisers only"),
    "participants": _("Everybody who takes part"),
    "signed-in": _("Everybody who has signed in"),
}


def _short(limit: int) -> Length:
    return Length(max=limit, message=_("Use at most %(max)d characters."))


def _number(*first: Any) -> list[Any]:  # noqa: ANN401 - validators of WTForms
    return [*first, NumberRange(0, _MOST_PARTNERS, _("Choose a number from 0 to 50."))]


def _places() -> list[Any]:
    return [Optional(), NumberRange(0, _MOST_PLACES, _("Choose a number from 0 to 100000."))]


class PartForm(FlaskForm):
    """A part of an edition, and a mark of what it was when the page was made."""

    PART: ClassVar[str] = ""

    seen = HiddenField()

    def prepare(self, edition: Edition) -> None:
        """Offer what this edition has to choose from."""

    def fill(self, edition: Edition, values: Values) -> None:
        """Show what is stored."""
        del edition
        for name in PARTS[self.PART]:
            self[name].data = self.shown(name, values[name])
        self.keep_mark(values)

    def keep_mark(self, values: Values) -> None:
        """Take what is stored now for what the organiser has seen."""
        self.seen.data = mark(values)

    def shown(self, name: str, value: Any) -> Any:  # noqa: ANN401 - each field has its own type
        """Return a stored value as its field shows it."""
        del name
        return value

    def wish(self, edition: Edition) -> Values:
        """Return the values of a valid form, as the edition takes them."""
        del edition
        return {name: self[name].data for name in PARTS[self.PART]}


class TextsForm(PartForm):
    """Names, texts and clocks."""

    PART = "texts"

    name_en = StringField(
        _("Name in English"),
        validators=[InputRequired(_("Write the name in English.")), _short(200)],
    )
    name_ko = StringField(_("Name in Korean"), validators=[_short(200)])
    text_en = TextAreaField(
        _("Text in English"),
        description=_("What it is about and for whom, in a few sentences."),
        validators=[_short(_TEXT_LIMIT)],
    )
    text_ko = TextAreaField(_("Text in Korean"), validators=[_short(_TEXT_LIMIT)])
    left_name_en = StringField(
        _("First side, in English"), validators=[InputRequired(_("Name the side.")), _short(80)]
    )
    left_name_ko = StringField(_("First side, in Korean"), validators=[_short(80)])
    left_zone = SelectField(_("First side's clock"))
    right_name_en = StringField(
        _("Second side, in English"), validators=[InputRequired(_("Name the side.")), _short(80)]
    )
    right_name_ko = StringField(_("Second side, in Korean"), validators=[_short(80)])
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


class SidesForm(PartForm):
    """The two lists of countries of an edition, by name or code."""

    PART = "sides"

    left = TextAreaField(validators=[InputRequired(_("Name at least one country."))])
    right = TextAreaField(validators=[InputRequired(_("Name at least one country."))])

    def prepare(self, edition: Edition) -> None:
        """Name the fields as the sides are."""
        for side in ("left", "right"):
            self[side].label.text = side_name(edition, side)

    def shown(self, name: str, value: Any) -> str:  # noqa: ANN401 - as in the parent
        """Write the countries by name."""
        del name
        return write_countries(value)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as in the parent
        """Refuse what is no country."""
        good: bool = super().validate(extra_validators)
        for field in (self.left, self.right):
            unknown = ", ".join(read_countries(field.data or "").unknown)
            if unknown:
                text = _("No country is called %(names)s. Check the spelling.", names=unknown)
                field.errors = [*field.errors, text]
                good = False
        return good

    def wish(self, edition: Edition) -> Values:
        """Return both lists of codes."""
        del edition
        return {side: sorted(read_countries(self[side].data).codes) for side in PARTS["sides"]}


class FieldsForm(PartForm):
    """The fields of research that an edition is about."""

    PART = "fields"

    fields = SelectMultipleField(
        _("Fields"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_("Choose at least one field."))],
    )

    def offer(self, names: Iterable[tuple[str, str]]) -> None:
        """Offer the fields of the installation: (slug, name)."""
        self.fields.choices = options(names)

    def wish(self, edition: Edition) -> Values:
        """Return the chosen fields, in the order in which they are stored."""
        del edition
        return {"fields": sorted(self.fields.data or ())}


class PartnersForm(PartForm):
    """How many people everybody meets, and what is promised to those who start."""

    PART = "partners"

    least_partners = WholeNumberField(
        _("Least partners"),
        description=_("For everybody who set no number. The round tells whom it cannot serve."),
        validators=_number(InputRequired(_("Give a whole number, such as 2."))),
    )
    most_partners = WholeNumberField(
        _("Most partners"),
        validators=_number(InputRequired(_("Give a whole number, such as 5."))),
    )
    least_early_career = WholeNumberField(
        _("Least partners early in a career"),
        description=_("For students, doctoral and postdoctoral researchers, and others who start."),
        validators=_number(Optional()),
    )
    least_newcomers = WholeNumberField(
        _("Least partners of people who are here for the first time"),
        description=_("For everybody who took part in no earlier edition."),
        validators=_number(Optional()),
    )
    capacity_left = WholeNumberField(validators=_places())
    capacity_right = WholeNumberField(validators=_places())

    def prepare(self, edition: Edition) -> None:
        """Name the sides as the edition does."""
        for side in ("left", "right"):
            field = self[f"capacity_{side}"]
            field.label.text = _("Places: %(side)s", side=side_name(edition, side))


class ListingForm(PartForm):
    """Who may read the list of participants."""

    PART = "listing"

    list_visibility = RadioField(
        _("Who may read the list of participants"),
        choices=options(LISTINGS.items()),
        description=_(
            "Nobody stands in it who does not show their profile to these readers, whatever is "
            "chosen here."
        ),
        validators=[InputRequired(_("Choose one."))],
    )


def _is_a_place(zone: str) -> bool:
    region, _slash, city = zone.partition("/")
    return bool(city) and region not in ("Etc", "SystemV", "US", "posix", "right")
