"""A profile that an organiser imported with the address of whoever is signed in."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.profiles import content_of
from services.profiles_claims import claimable, discard, take_over
from web.access import signed_in
from web.clock import now
from web.database import session
from web.login import account
from web.routes.profile.base import blueprint, commit, find_own


@blueprint.get("/found/<int:profile_id>")
@signed_in
def found(profile_id: int) -> ResponseReturnValue:
    """Show what the imported profile says, and ask what is to become of it."""
    known = {profile.id: profile for profile in claimable(session(), account())}
    profile = known.get(profile_id)
    if profile is None:
        abort(404)
    content = content_of(session(), profile)
    return render_template("profile/found.html", profile=profile, content=content, own=find_own())


@blueprint.post("/found/<int:profile_id>/take")
@signed_in
def take(profile_id: int) -> ResponseReturnValue:
    """Make it one's own."""
    take_over(session(), account(), profile_id, now())
    commit(to_read=True)
    flash(_("The profile is yours. Look it through, then choose who sees it."))
    return redirect(url_for("profile.edit"))


@blueprint.post("/found/<int:profile_id>/discard")
@signed_in
def discard_found(profile_id: int) -> ResponseReturnValue:
    """Delete it."""
    discard(session(), account(), profile_id)
    session().commit()
    flash(_("The imported profile is deleted."))
    return redirect(url_for("profile.edit"))
