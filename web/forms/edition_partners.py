"""The forms for how many people take part and meet, and for who may read the list of them."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from models import Edition
from web.edition_words import side_name
from web.forms.clean import options
from web.forms.edition_part import PartForm
from web.forms.rounds import WholeNumberField

_MOST_PARTNERS = 50
_MOST_PLACES = 100_000
LISTINGS = {
    "organisers": _("Its organisers only"),
    "participants": _("Everybody who takes part"),
    "signed-in": _("Everybody who has signed in"),
}


def _number(*first: Any) -> list[Any]:  # noqa: ANN401 - validators of WTForms
    return [*first, NumberRange(0, _MOST_PARTNERS, _("Choose a number from 0 to 50."))]


def _places() -> list[Any]:
    return [Optional(), NumberRange(0, _MOST_PLACES, _("Choose a number from 0 to 100000."))]


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
