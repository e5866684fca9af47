"""The form in which a coordinator asks for whole teams."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField


class TeamsForm(FlaskForm):
    """What is asked of the teams beside the roles, the rules and the size of the draft."""

    mirror = BooleanField(
        _("Two halves of about equal size, chosen for each other"),
        description=_("As a mirrored call of the two sides asks for."),
    )
    genders = BooleanField(
        _("Prefer teams of more than one gender"),
        description=_("Counted only where people said theirs and agreed; no name is marked by it."),
    )
    thorough = BooleanField(
        _("Drive the proof on"),
        description=_("A minute or more instead of seconds, where hundreds of people are close."),
    )
