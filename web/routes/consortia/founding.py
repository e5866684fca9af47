"""Beginning a consortium, from an idea or a call."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Call
from services.calls import calls_of, is_open
from services.candidates import Place, places_of
from services.consortia import NewConsortium, found_consortium
from services.consortium_access import workspace
from services.consortium_roles import RoleWish, roles_in_text, set_role
from services.presets import preset_names
from services.wanted_roles import find_call
from web.access import coordinator
from web.clock import now
from web.database import session
from web.forms.consortia import NewConsortiumForm
from web.locale import page_language
from web.login import account_id
from web.routes.consortia.base import blueprint, done
from web.routes.profile.base import find_own


@blueprint.get("/new")
@coordinator
def new() -> ResponseReturnValue:
    """Show the form; a call may be chosen by the address."""
    return _page(NewConsortiumForm(call=request.args.get("call", "")))


@blueprint.post("/new")
@coordinator
def found_now() -> ResponseReturnValue:
    """Begin a consortium, with the roles that its call or its idea names."""
    place, form = _place(), NewConsortiumForm()
    if place is None:
        return _page(form), 422
    _offer(form, place)
    if not form.validate_on_submit():
        return _page(form), 422
    call = find_call(session(), int(form.call.data)) if form.call.data else None
    wish = NewConsortium(form.title.data, form.idea.data or "", call, form.preset.data)
    made = found_consortium(session(), place, wish, now(), actor_id=account_id())
    if form.split.data:
        at = workspace(session(), made.id, place.profile_id, "write")
        for text in roles_in_text(call, made.idea, page_language()):
            set_role(session(), at, RoleWish(text), now(), actor_id=account_id())
    made_id = made.id
    done(_("The consortium is begun. Nobody is told of it yet."), texts=True)
    return redirect(url_for("consortia.show", consortium_id=made_id))


def _page(form: NewConsortiumForm) -> str:
    place = _place()
    if place is not None:
        _offer(form, place)
    return render_template("consortia/new.html", form=form, place=place)


def _offer(form: NewConsortiumForm, place: Place) -> None:
    form.offer(_calls(place), preset_names(session(), place.edition.id))


def _calls(place: Place) -> list[Call]:
    """List the calls to build for; one that has passed may be tried out, and stands last."""
    calls = calls_of(session(), place.edition.id, now())
    return sorted(calls, key=lambda call: not is_open(call, now()))


def _place() -> Place | None:
    """Find the edition to build in: the one of the address, or the latest that I take part in."""
    profile = find_own()
    places = places_of(session(), profile.id, compared=True) if profile else []
    wanted = request.values.get("call", "")
    call = session().get(Call, int(wanted)) if wanted.isdecimal() else None
    chosen = (one for one in places if call is None or one.edition.id == call.edition_id)
    return next(chosen, places[0] if places else None)
