"""The form of the private list of people whom the owner of a profile does not want to meet."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import InputRequired

from services import profile_values as values
from web.forms.clean import Clean


class UnwantedForm(FlaskForm):
    """An address of somebody whom the owner does not want to meet."""

    email = EmailField(
        _("Mail address"),
        description=_("It need not be known here. Nobody but you sees this list."),
        validators=[InputRequired(_("Write a mail address.")), Clean(values.email)],
    )
