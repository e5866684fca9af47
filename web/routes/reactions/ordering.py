"""The order of one's own list: more of what, and whether it learns from what one says."""

from flask import abort, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaking.mix import Mix
from services.learning import set_learning
from services.mix import set_mix
from web.access import signed_in
from web.database import session
from web.forms.suggestions import OrderForm
from web.htmx import wants_part
from web.routes.reactions.base import blueprint, chosen_place, way_back


@blueprint.post("/order")
@signed_in
def order() -> ResponseReturnValue:
    """Set it, and lead back to the list, which stands in the new order at once."""
    place, form = chosen_place(), OrderForm()
    if not form.validate_on_submit():
        abort(400)
    set_mix(session(), place.edition.id, place.profile_id, Mix(form.mix.data))
    set_learning(session(), place, wanted=form.learns.data)
    session().commit()
    if not wants_part():
        flash(_("Your list is in the new order. Nobody else's list has changed."))
    return redirect(way_back(place), 303)
