"""The form that answers an invitation with a new account."""

from flask_babel import lazy_gettext as _

from web.forms.accounts import ChoosesPassword, password_to_choose


class InvitedForm(ChoosesPassword):
    """A password for the account at the invited address."""

    new_password = password_to_choose(_("Password"))
