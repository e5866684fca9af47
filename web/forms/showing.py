"""The forms that say who sees a profile, and whom its owner does not want to meet."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField
from wtforms.validators import InputRequired

from services import profile_values as values
from services.profiles import CHOICES, USUAL_VISIBILITY
from web.forms.clean import Clean

VISIBILITY_NAMES = {
    "participants": _("Signed-in participants of my editions"),
    "signed-in": _("Everybody who has signed in"),
    "organisers": _("The organisers of my editions only"),
}


class ShowForm(FlaskForm):
    """Who may see the profile."""

    visibility = RadioField(
        _("Who may see it"),
        choices=[(code, VISIBILITY_NAMES[code]) for code in CHOICES],
        default=USUAL_VISIBILITY,
        validators=[InputRequired(_("Choose who may see it."))],
    )


class UnwantedForm(FlaskForm):
    """An address of somebody whom the owner does not want to meet."""

    email = EmailField(
        _("Mail address"),
        description=_("It need not be known here. Nobody but you sees this list."),
        validators=[InputRequired(_("Write a mail address.")), Clean(values.email)],
    )
