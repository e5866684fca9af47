"""The form behind each change of a pair by hand: all of it is hidden."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired

from services.round_board import KINDS


class HandForm(FlaskForm):
    """A pair, what is done to it, and the other pair of the change."""

    kind = StringField(validators=[AnyOf(KINDS)])
    left = IntegerField(validators=[InputRequired()])
    right = IntegerField(validators=[InputRequired()])
    other_left = IntegerField(validators=[InputRequired()])
    other_right = IntegerField(validators=[InputRequired()])
