"""The form for what an edition promises to those who start."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import NumberRange, Optional

from web.forms.rounds import WholeNumberField

_MOST_PARTNERS = 50


class PromisesForm(FlaskForm):
    """The least number of partners for two kinds of people; an empty field promises nothing."""

    early_career = WholeNumberField(
        _("Least partners early in a career"),
        description=_("For students, doctoral and postdoctoral researchers, and others who start."),
        validators=[
            Optional(),
            NumberRange(0, _MOST_PARTNERS, _("Choose a number from 0 to 50.")),
        ],
    )
    newcomers = WholeNumberField(
        _("Least partners of people who are here for the first time"),
        description=_("For everybody who took part in no earlier edition."),
        validators=[
            Optional(),
            NumberRange(0, _MOST_PARTNERS, _("Choose a number from 0 to 50.")),
        ],
    )

    def refuse(self, most: int) -> None:
        """Say beside the field that a promise is above what this edition gives anybody."""
        for field in (self.early_career, self.newcomers):
            if field.data is not None and field.data > most:
                text = _("This edition gives people %(most)s partners at most.", most=most)
                field.errors = [*field.errors, text]
