"""Taking the profile back. Publishing is part of the last step."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.consents import withdraw
from services.consents_reading import SHOWING
from services.profiles import unpublish
from web.access import signed_in
from web.clock import now
from web.database import session
from web.legal import text_language
from web.login import account_id
from web.routes.profile.base import blueprint, own


@blueprint.post("/unpublish")
@signed_in
def unpublish_now() -> ResponseReturnValue:
    """Show the profile to nobody."""
    unpublish(session(), own(), now())
    withdraw(session(), account_id(), (SHOWING,), text_language(), now())
    session().commit()
    flash(_("Nobody sees your profile any more."))
    return redirect(url_for("profile.edit"))
