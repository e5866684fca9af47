"""The form that pins two people or forbids their pair."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired


class PairRuleForm(FlaskForm):
    """Two people, by profile id, and what is decided about them."""

    kind = RadioField(
        _("What is decided"),
        choices=[
            SelectChoice("pin", _("They meet: the next round makes this pair")),
            SelectChoice("forbid", _("They do not meet: the next round leaves this pair out")),
        ],
        default="pin",
        validators=[InputRequired(_("Choose one of the two."))],
    )
    left_id = IntegerField(validators=[InputRequired()])
    right_id = IntegerField(validators=[InputRequired()])
    anyway = BooleanField(_("Pin them all the same"))
