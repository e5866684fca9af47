"""The forms of accounts. The rules about passwords and addresses are the services'."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from services.accounts import BadAddress, normal_address
from services.accounts_passwords import LONGEST, SHORTEST, WeakPassword, check_password
from web.account_words import sentence

_LONGEST_ADDRESS = 254
_LONGEST_REASON = 2000


class _Address:
    """Checks that a text is a mail address, in our words."""

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        try:
            normal_address(field.data)
        except BadAddress as error:
            raise ValidationError(sentence(error)) from error


def _address(label: str, **more: Any) -> EmailField:  # noqa: ANN401 - wtforms' own options
    needed = InputRequired(_("Write your mail address."))
    length = Length(max=_LONGEST_ADDRESS, message=_("A mail address is not that long."))
    return EmailField(label, validators=[needed, length, _Address()], **more)


def password_to_choose(label: str) -> PasswordField:
    """Make the field of a new password; its form says whose it will be."""
    hint = _(
        "At least %(least)s characters. Several words in a row are easy to remember.",
        least=SHORTEST,
    )
    return PasswordField(
        label, validators=[InputRequired(_("Choose a password."))], description=hint
    )


def _known_password(label: str) -> PasswordField:
    length = Length(max=LONGEST, message=_("A password is not that long."))
    needed = InputRequired(_("Write your password."))
    return PasswordField(label, validators=[needed, length])


class ProvingForm(FlaskForm):
    """Asks who it is once more; the field goes where ORCID has just shown it."""

    password = _known_password(_("Password"))


class ChoosesPassword(FlaskForm):
    """Refuses a weak password beside the field; ``address`` is whose it will be."""

    address = ""

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a password that would soon be guessed."""
        try:
            check_password(field.data, self.address)
        except WeakPassword as error:
            raise ValidationError(sentence(error)) from error


class RegisterForm(FlaskForm):
    """An address and a password for a new account."""

    email = _address(_("Mail address"))
    password = password_to_choose(_("Password"))

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that would soon be guessed."""
        try:
            check_password(field.data, self.email.data or "")
        except WeakPassword as error:
            raise ValidationError(sentence(error)) from error


class SignInForm(FlaskForm):
    """Address and password; whatever is wrong with them is said once, for the whole form."""

    email = EmailField(_("Mail address"), validators=[InputRequired(_("Write your mail address."))])
    password = _known_password(_("Password"))
    remember = BooleanField(_("Keep me signed in on this computer"))
    next = HiddenField()
    kept = HiddenField()


class ConfirmForm(ProvingForm):
    """The password that was chosen: only who knows it opens the account."""


class ForgottenForm(FlaskForm):
    """The address whose password is forgotten."""

    email = _address(_("Mail address"))


class ResetForm(ChoosesPassword):
    """A new password, by a mailed link."""

    new_password = password_to_choose(_("New password"))


class ChangePasswordForm(ChoosesPassword, ProvingForm):
    """The old password and a new one."""

    password = _known_password(_("Password until now"))
    new_password = password_to_choose(_("New password"))


class MoveForm(ProvingForm):
    """A new address, and the password to prove who asks."""

    email = _address(_("New mail address"))


class DeleteForm(ProvingForm):
    """The password, to prove who asks."""


class CoordinatorForm(FlaskForm):
    """Why somebody wants to be a coordinator."""

    reason = TextAreaField(
        _("What do you want to coordinate?"),
        description=_("A few sentences for the organisers, who answer your request."),
        validators=[
            InputRequired(_("Write what you want to coordinate.")),
            Length(max=_LONGEST_REASON, message=_("Use at most %(max)d characters.")),
        ],
    )
