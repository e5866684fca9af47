"""The forms of somebody whom ORCID knows and this site does not yet."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import InputRequired

from web.forms.accounts import ConfirmForm, ForgottenForm


class NewForm(ForgottenForm):
    """The address of a new account."""


class KnownForm(ConfirmForm, FlaskForm):
    """Address and password of an account that is there."""

    email = EmailField(_("Mail address"), validators=[InputRequired(_("Write your mail address."))])
