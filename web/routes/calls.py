"""My calls: what a participant may apply for, and who looks for somebody like them."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from models import Call, Edition
from services.calls import is_open
from services.candidates import Place, places_of
from services.editions import DRAFT
from services.my_calls import CallFit, call_fits
from services.people import person_lines
from services.wanted_roles import find_call, own_roles, set_roles
from web import jobs
from web.access import coordinator, signed_in
from web.clock import now
from web.database import session
from web.forms.calls import WantedRolesForm
from web.forms.clean import lines
from web.routes.profile.base import find_own
from web.routes.suggestions import viewer

blueprint = Blueprint("calls", __name__, url_prefix="/calls")


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """List the calls of an edition, the best fit first."""
    places = _places()
    if not places:
        return render_template("calls/none.html")
    place = next((one for one in places if one.edition.slug == request.args.get("edition")), None)
    place = place or places[0]
    fits = call_fits(session(), place, viewer(), now())
    return render_template(
        "calls/index.html", place=place, places=places, fits=fits, people=_people(fits)
    )


@blueprint.get("/<int:call_id>")
@signed_in
def show(call_id: int) -> ResponseReturnValue:
    """Show a call whole, who looks for whom, and to a coordinator their own search."""
    call = _call(call_id)
    form = WantedRolesForm()
    place = _place(call)
    if place is not None and not form.is_submitted():
        mine = own_roles(session(), call.id, place.profile_id)
        form.roles.data = "\n".join(role.text for role in mine)
        form.side.data = (mine[0].side if mine else None) or ""
    return _page(call, form)


@blueprint.post("/<int:call_id>/roles")
@coordinator
def look_for(call_id: int) -> ResponseReturnValue:
    """Say whom one looks for, in place of what one said before."""
    call = _call(call_id)
    place = _place(call)
    if place is None:
        abort(403)
    form = WantedRolesForm()
    form.offer(place.edition)
    if not form.validate_on_submit():
        return _page(call, form)
    roles = lines(form.roles.data or "")
    set_roles(session(), call, place.profile_id, roles, form.side.data or None, now())
    session().commit()
    jobs.wake_encoding()
    wanted = any(line.strip() for line in roles)
    flash(
        _("Participants who fit these roles see your search.")
        if wanted
        else _("Your search is taken back.")
    )
    return redirect(url_for("calls.show", call_id=call.id))


def _call(call_id: int) -> Call:
    """Find a call; one of a draft is there for the organisers of that edition only."""
    call = find_call(session(), call_id)
    edition = session().get_one(Edition, call.edition_id)
    if edition.state == DRAFT and not current_user.permissions.may_organise(edition.id):
        abort(404)
    return call


def _page(call: Call, form: WantedRolesForm) -> ResponseReturnValue:
    place = _place(call)
    edition = place.edition if place else session().get_one(Edition, call.edition_id)
    form.offer(edition)
    fits = call_fits(session(), place, viewer(), now(), call.id) if place else ()
    return render_template(
        "calls/show.html",
        call=call,
        edition=edition,
        place=place,
        fit=fits[0] if fits else None,
        people=_people(fits),
        form=form,
        open=is_open(call, now()),
        may_search=place is not None and current_user.permissions.coordinator,
    )


def _places() -> list[Place]:
    profile = find_own()
    return places_of(session(), profile.id) if profile else []


def _place(call: Call) -> Place | None:
    return next((one for one in _places() if one.edition.id == call.edition_id), None)


def _people(fits: tuple[CallFit, ...]) -> dict[int, object]:
    wanted = {role.profile_id for fit in fits for role in fit.roles}
    return dict(person_lines(session(), sorted(wanted), viewer()))
