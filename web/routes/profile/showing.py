"""Publishing the profile, and taking it back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.profiles import NothingToShow, publish, unpublish
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.showing import ShowForm
from web.routes.profile.base import blueprint, own


@blueprint.post("/publish")
@signed_in
def publish_now() -> ResponseReturnValue:
    """Show the profile to whom its owner chose."""
    form = ShowForm()
    if not form.validate_on_submit():
        flash(_("Choose who may see your profile."), "error")
        return redirect(url_for("profile.step", slug="meeting"))
    try:
        publish(session(), own(), form.visibility.data, now())
    except NothingToShow:
        flash(_("Write your name before you publish."), "error")
        return redirect(url_for("profile.step", slug="you"))
    session().commit()
    flash(_("Your profile is published."))
    return redirect(url_for("profile.edit"))


@blueprint.post("/unpublish")
@signed_in
def unpublish_now() -> ResponseReturnValue:
    """Show the profile to nobody."""
    unpublish(session(), own(), now())
    session().commit()
    flash(_("Nobody sees your profile any more."))
    return redirect(url_for("profile.edit"))
