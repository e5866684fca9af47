"""Taking the profile back. Publishing is part of the last step."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.profiles import unpublish
from web.access import signed_in
from web.clock import now
from web.database import session
from web.routes.profile.base import blueprint, own


@blueprint.post("/unpublish")
@signed_in
def unpublish_now() -> ResponseReturnValue:
    """Show the profile to nobody."""
    unpublish(session(), own(), now())
    session().commit()
    flash(_("Nobody sees your profile any more."))
    return redirect(url_for("profile.edit"))
