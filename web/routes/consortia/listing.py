"""My consortia, the requests that wait for my answer, and whether I want any."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from services.consortia import own_consortia
from services.request_limits import set_requests, setting_of, waiting_for
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.clean import read
from web.forms.consortia import RequestsForm
from web.routes.consortia.base import blueprint
from web.routes.profile.base import find_own


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """List the consortia in which I have a seat."""
    profile = find_own()
    if profile is None:
        return _page(RequestsForm())
    kept = setting_of(session(), profile.id)
    most = "" if kept.most_waiting is None else str(kept.most_waiting)
    return _page(RequestsForm(None, seeks_team=kept.seeks_team, most_waiting=most))


@blueprint.post("/requests")
@signed_in
def set_requests_now() -> ResponseReturnValue:
    """Say whether I look for a consortium, and how many requests may wait."""
    profile, form = find_own(), RequestsForm()
    if profile is None or not form.validate_on_submit():
        return _page(form), 422
    most = read(form.most_waiting)
    set_requests(session(), profile.id, seeks_team=form.seeks_team.data, most_waiting=most)
    session().commit()
    flash(_("Saved. Coordinators see it from now on."))
    return redirect(url_for("consortia.index"))


def _page(form: RequestsForm) -> str:
    profile_id = current_user.profile_id
    return render_template(
        "consortia/index.html",
        consortia=own_consortia(session(), profile_id) if profile_id else [],
        waiting=waiting_for(session(), profile_id, now()) if profile_id else [],
        form=form,
        coordinates=current_user.permissions.coordinator,
        has_profile=profile_id is not None,
    )
