"""Whom the owner of the profile does not want to meet: a private list."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.candidates import places_of
from services.exclusions import exclude_address, stop_excluding, unwanted_by
from services.exclusions_organisations import hidden_organisations, show_organisation
from services.profile_values import BadValue
from services.profiles import touch
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.showing import UnwantedForm
from web.import_words import sentence
from web.routes.profile.base import blueprint, own

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
    stop_excluding(session(), profile, exclusion_id)
    touch(profile, {_FIELD}, now())
    session().commit()
    flash(_("Taken off the list."))
    return redirect(url_for("profile.unwanted"))


@blueprint.post("/unwanted/organisations/<int:exclusion_id>/remove")
@signed_in
def remove_unwanted_organisation(exclusion_id: int) -> ResponseReturnValue:
    """Take an organisation off the list."""
    show_organisation(session(), own(), exclusion_id)
    session().commit()
    flash(_("Taken off the list."))
    return redirect(url_for("profile.unwanted"))


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
