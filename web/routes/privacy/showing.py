"""Who sees which part of the own profile."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.profiles import own_profile
from services.visibility_parts import set_levels
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.privacy import PartsForm
from web.login import account_id
from web.routes.privacy.base import blueprint
from web.routes.privacy.overview import page


@blueprint.post("/parts")
@signed_in
def set_parts() -> ResponseReturnValue:
    """Save who sees which part."""
    form, profile = PartsForm(), own_profile(session(), account_id())
    if profile is None:
        flash(_("You have no profile yet: begin it first."), "warning")
        return redirect(url_for("profile.edit"))
    if not form.validate_on_submit():
        return page(form), 422
    set_levels(session(), profile, form.levels)
    profile.updated_at = now()
    session().commit()
    flash(_("Saved. It counts at once."))
    return redirect(url_for("privacy.index"))
