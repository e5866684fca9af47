"""The form that starts a round."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SubmitField
from wtforms.validators import InputRequired, NumberRange

_MOST_PARTNERS = 50
_LARGEST_SEED = 2**31 - 1


class RoundForm(FlaskForm):
    """Bounds for people who set none of their own, and the seed."""

    least = IntegerField(
        _("Least partners"),
        description=_("For everybody who set no number. The round tells whom it cannot serve."),
        validators=[
            InputRequired(_("Give a whole number, such as 2.")),
            NumberRange(0, _MOST_PARTNERS, _("Choose a number from 0 to 50.")),
        ],
    )
    most = IntegerField(
        _("Most partners"),
        validators=[
            InputRequired(_("Give a whole number, such as 5.")),
            NumberRange(0, _MOST_PARTNERS, _("Choose a number from 0 to 50.")),
        ],
    )
    seed = IntegerField(
        _("Seed"),
        default=0,
        description=_("The same people and the same seed give the same pairs."),
        validators=[
            InputRequired(_("Give a whole number, such as 0.")),
            NumberRange(0, _LARGEST_SEED, _("Choose a number from 0 to 2147483647.")),
        ],
    )
    start = SubmitField(_("Start the round"))

    def validate_most(self, field: IntegerField) -> None:
        """Refuse a most below the least, beside the field."""
        if self.least.data is not None and field.data is not None and field.data < self.least.data:
            raise ValueError(_("The most may not be below the least."))
