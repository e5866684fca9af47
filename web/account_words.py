"""Sentences for what stops an act on an account, by the error's code."""

from flask_babel import lazy_gettext

from services.accounts_passwords import LONGEST, SHORTEST
from services.errors import ServiceError

_ = lazy_gettext

SENTENCES = {
    "bad-address": _("This is no mail address: write it like name@example.org."),
    "address-taken": _("There is an account with this address already."),
    "password-short": _("Use at least %(least)s characters.", least=SHORTEST),
    "password-long": _("Use at most %(most)s characters.", most=LONGEST),
    "password-address": _("Do not use your mail address as the password."),
    "password-common": _("This is among the first passwords that are tried: choose another."),
    "wrong-password": _("The password is not right, or there were too many wrong tries."),
    "last-administrator": _(
        "This is the last administrator: make somebody else administrator first."
    ),
    "already-asked": _("You have asked already, or you are a coordinator."),
    "already-answered": _("Somebody else answered this request in the meantime."),
    "identity-taken": _("This ORCID iD opens another account, or your account has another iD."),
    "only-way-in": _(
        "You sign in with ORCID only: first set a password, by the link “Forgotten your password?”."
    ),
    "bad-slug": _("Use small letters, digits and single hyphens, such as power-electronics."),
    "field-exists": _("There is a field with this short name already."),
    "topic-exists": _("There is a topic of this name already."),
    "side-empty": _("Name at least one country on each side."),
    "mail-not-resendable": _("The text of this mail is no longer kept: it cannot be sent again."),
}


def sentence(error: ServiceError) -> str:
    """Say what stops an act."""
    return str(SENTENCES[error.code])
