"""Whom the owner of the profile does not want to meet: a private list."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer

from services.candidates import places_of
from services.exclusions import (
    Excluded,
    exclude_address,
    exclude_again,
    stop_excluding,
    unwanted_by,
)
from services.exclusions_organisations import (
    OrganisationExcluded,
    hidden_organisations,
    hide_organisation_again,
    show_organisation,
)
from services.profile_values import BadValue
from services.profiles import touch
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.showing import UnwantedForm
from web.import_words import sentence
from web.routes.profile.base import blueprint, own
from web.undo import flash_with_undo

_FIELD = "exclude"


@blueprint.get("/unwanted")
@signed_in
def unwanted() -> ResponseReturnValue:
    """Show the list."""
    return _page(UnwantedForm())


@blueprint.post("/unwanted")
@signed_in
def add_unwanted() -> ResponseReturnValue:
    """Put somebody on the list."""
    form, profile = UnwantedForm(), own()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        exclude_address(session(), profile, form.email.data, now())
    except BadValue as error:
        form.email.errors = [sentence(error.code, error.values)]
        return _page(form), 422
    touch(profile, {_FIELD}, now())
    session().commit()
    flash(_("You will not be paired with this person."))
    return redirect(url_for("profile.unwanted"))


@blueprint.post("/unwanted/<int:exclusion_id>/remove")
@signed_in
def remove_unwanted(exclusion_id: int) -> ResponseReturnValue:
    """Take somebody off the list."""
    profile = own()
    was = stop_excluding(session(), profile, exclusion_id)
    touch(profile, {_FIELD}, now())
    session().commit()
    _tell("person", (was.key, was.other_id) if was else None)
    return redirect(url_for("profile.unwanted"))


@blueprint.post("/unwanted/organisations/<int:exclusion_id>/remove")
@signed_in
def remove_unwanted_organisation(exclusion_id: int) -> ResponseReturnValue:
    """Take an organisation off the list."""
    was = show_organisation(session(), own(), exclusion_id)
    session().commit()
    _tell("organisation", (was.organisation_id, was.name) if was else None)
    return redirect(url_for("profile.unwanted"))


@blueprint.post("/unwanted/again")
@signed_in
def unwanted_again() -> ResponseReturnValue:
    """Put back what was just taken off the list."""
    profile = own()
    try:
        owner, kind, *was = _signer().loads(request.form.get("was", ""))
    except BadData:
        abort(400)
    if owner != profile.id:
        abort(400)
    if kind == "person":
        exclude_again(session(), profile, Excluded(*was), now())
        touch(profile, {_FIELD}, now())
    else:
        hide_organisation_again(session(), profile, OrganisationExcluded(*was), now())
    session().commit()
    flash(_("Back on the list."))
    return redirect(url_for("profile.unwanted"))


def _tell(kind: str, was: tuple[Any, Any] | None) -> None:
    """Say that something was taken off, with a form that puts it back.

    What it was is signed: a form that named people freely could ask who is here.
    """
    fields = {"was": _signer().dumps([own().id, kind, *was])} if was else {}
    flash_with_undo(_("Taken off the list."), url_for("profile.unwanted_again"), fields)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="taken-off-the-list")


def _page(form: UnwantedForm) -> str:
    profile = own()
    places = places_of(session(), profile.id)
    return render_template(
        "profile/unwanted.html",
        form=form,
        rows=unwanted_by(session(), profile.id),
        organisations=hidden_organisations(session(), profile.id),
        place=places[0] if places else None,
    )
