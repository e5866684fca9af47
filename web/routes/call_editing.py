"""Calls of an edition, for its organisers: enter, change, take out."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.call_content import content_of
from services.call_editing import (
    CallChanged,
    IdentifierTaken,
    add_call,
    change_call,
    find_in,
    remove_call,
)
from services.calls import calls_of
from services.presets import preset_names
from services.request_limits import set_usual
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.forms.call_editing import CallForm, UsualRequestsForm
from web.forms.clean import read
from web.login import account_id

blueprint = Blueprint("call_editing", __name__, url_prefix="/organise")


@blueprint.get("/<slug>/calls")
@organiser
def index(slug: str) -> ResponseReturnValue:
    """List an edition's calls."""
    return _list(UsualRequestsForm(None, most=str(edition().most_requests)))


@blueprint.post("/<slug>/requests")
@organiser
def set_usual_now(slug: str) -> ResponseReturnValue:
    """Say how many coordinators' requests may wait for one person at once."""
    form = UsualRequestsForm()
    if not form.validate_on_submit():
        return _list(form), 422
    set_usual(session(), edition(), read(form.most), now(), actor_id=account_id())
    session().commit()
    flash(_("Saved."))
    return redirect(url_for("call_editing.index", slug=slug))


@blueprint.get("/<slug>/calls/new")
@organiser
def new(slug: str) -> ResponseReturnValue:
    """Show the empty form."""
    zone = edition().left_zone
    return _page(CallForm(zone=zone, budget_left_currency="EUR", budget_right_currency="KRW"))


@blueprint.post("/<slug>/calls/new")
@organiser
def add_now(slug: str) -> ResponseReturnValue:
    """Enter a call."""
    form = _offered(CallForm())
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        add_call(session(), edition(), form.content, now(), actor_id=account_id())
    except IdentifierTaken:
        form.identifier.errors = [_("There is a call with this identifier already.")]
        return _page(form), 422
    session().commit()
    jobs.wake_encoding()
    flash(_("The call is entered. Participants see it under “My calls”."))
    return redirect(url_for("call_editing.index", slug=slug))


@blueprint.get("/<slug>/calls/<int:call_id>")
@organiser
def show(slug: str, call_id: int) -> ResponseReturnValue:
    """Show the form with a call."""
    form = CallForm()
    form.fill(content_of(find_in(session(), edition(), call_id)))
    return _page(form, call_id)


@blueprint.post("/<slug>/calls/<int:call_id>")
@organiser
def change_now(slug: str, call_id: int) -> ResponseReturnValue:
    """Change a call."""
    call = find_in(session(), edition(), call_id)
    form = _offered(CallForm())
    if not form.validate_on_submit():
        return _page(form, call_id), 422
    try:
        seen = form.seen.data or ""
        change_call(session(), call, form.content, seen, now(), actor_id=account_id())
    except IdentifierTaken:
        form.identifier.errors = [_("There is a call with this identifier already.")]
        return _page(form, call_id), 422
    except CallChanged:
        form.form_errors = [
            _("Somebody else changed this call meanwhile. Open it again to see what they wrote.")
        ]
        return _page(form, call_id), 409
    session().commit()
    jobs.wake_encoding()
    flash(_("The call is saved."))
    return redirect(url_for("call_editing.index", slug=slug))


@blueprint.get("/<slug>/calls/<int:call_id>/remove")
@organiser
def remove(slug: str, call_id: int) -> ResponseReturnValue:
    """Ask before a call is taken out."""
    call = find_in(session(), edition(), call_id)
    return render_template("call_editing/remove.html", edition=edition(), call=call)


@blueprint.post("/<slug>/calls/<int:call_id>/remove")
@organiser
def remove_now(slug: str, call_id: int) -> ResponseReturnValue:
    """Take a call out."""
    call = find_in(session(), edition(), call_id)
    remove_call(session(), call, now(), actor_id=account_id())
    session().commit()
    flash(_("The call is taken out."))
    return redirect(url_for("call_editing.index", slug=slug))


def _list(form: UsualRequestsForm) -> str:
    calls = calls_of(session(), edition().id, now())
    return render_template(
        "call_editing/index.html", edition=edition(), calls=calls, now=now(), form=form
    )


def _offered(form: CallForm) -> CallForm:
    form.offer(preset_names(session(), edition().id))
    return form


def _page(form: CallForm, call_id: int | None = None) -> str:
    call = find_in(session(), edition(), call_id) if call_id else None
    return render_template(
        "call_editing/form.html", edition=edition(), form=_offered(form), call=call
    )
