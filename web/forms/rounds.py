"""The form that starts a round."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SubmitField
from wtforms.validators import InputRequired, NumberRange, ValidationError

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

    def validate_most(self, field: WholeNumberField) -> None:
        """Refuse a most below the least, beside the field."""
        if self.least.data is not None and field.data is not None and field.data < self.least.data:
            raise ValidationError(_("The most may not be below the least."))
