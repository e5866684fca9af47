"""The form that starts a round."""

from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from models import Edition
from web.edition_words import side_name

_MOST_PARTNERS = 50
_LARGEST_SEED = 2**31 - 1


class WholeNumberField(IntegerField):
    """A whole number, refused in our own words when it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Give a whole number, such as 2.")) from error


class RoundForm(FlaskForm):
    """Bounds for people who set none of their own, and the seed."""

    least = WholeNumberField(
        _("Least partners"),
        description=_("For everybody who set no number. The round tells whom it cannot serve."),
        validators=[
            InputRequired(_("Give a whole number, such as 2.")),
            NumberRange(0, _MOST_PARTNERS, _("Choose a number from 0 to 50.")),
        ],
    )
    most = WholeNumberField(
        _("Most partners"),
        validators=[
            InputRequired(_("Give a whole number, such as 5.")),
            NumberRange(0, _MOST_PARTNERS, _("Choose a number from 0 to 50.")),
        ],
    )
    fair = RadioField(
        _("Raise the worst-off person"),
        default="none",
        description=_(
            "Nobody is left far behind the others. At most one per cent of the total affinity is "
            "given up for it, and the round shows how much."
        ),
        filters=[lambda chosen: chosen or "none"],
        validators=[Optional()],
    )
    seed = WholeNumberField(
        _("Seed"),
        default=0,
        description=_("The same people and the same seed give the same pairs."),
        validators=[
            InputRequired(_("Give a whole number, such as 0.")),
            NumberRange(0, _LARGEST_SEED, _("Choose a number from 0 to 2147483647.")),
        ],
    )
    start = SubmitField(_("Start the round"))

    def for_edition(self, edition: Edition) -> Self:
        """Name the sides that can be raised as the edition does."""
        self.fair.choices = [
            SelectChoice("none", _("No, the largest total counts")),
            SelectChoice("left", side_name(edition, "left")),
            SelectChoice("right", side_name(edition, "right")),
            SelectChoice("both", _("Both sides")),
        ]
        return self

    def validate_most(self, field: WholeNumberField) -> None:
        """Refuse a most below the least, beside the field."""
        if self.least.data is not None and field.data is not None and field.data < self.least.data:
            raise ValidationError(_("The most may not be below the least."))
