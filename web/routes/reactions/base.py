"""What the pages of reactions share: the blueprint, where the reader stands, the way back."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from services.candidates import Place, places_of
from services.errors import NotFound
from services.people import fit_with, person_lines
from services.reactions import standing
from services.visibility import Viewer
from web.database import session
from web.local_path import local_path
from web.person_cards import Card, cards
from web.reaction_words import PASS_REASON_NAMES

blueprint = Blueprint("reactions", __name__, url_prefix="/suggestions")


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"pass_reasons": PASS_REASON_NAMES}


def viewer() -> Viewer:
    """Give who is looking."""
    return Viewer(current_user.profile_id, current_user.permissions)


def own_places() -> list[Place]:
    """List where the reader takes part; without a profile, nowhere."""
    profile_id = current_user.profile_id
    return places_of(session(), profile_id) if profile_id else []


def chosen_place() -> Place:
    """Give the place in the edition that form or address names, or else in the latest one.

    Where the reader takes no part in it, there is no such page.
    """
    places, slug = own_places(), request.values.get("edition", "")
    found = next((one for one in places if not slug or one.edition.slug == slug), None)
    if found is None:
        abort(404)
    return found


def card_again(place: Place, profile_id: int) -> ResponseReturnValue:
    """Give somebody's card anew, in the place of what stood there after a decision.

    Raises
    ------
    NotFound
        When the person may not be shown, or not any more.
    """
    there = standing(session(), viewer(), profile_id, place.edition.slug)
    if there is None or there.place.edition.id != place.edition.id:
        raise NotFound(f"There is nobody {profile_id} to show.")
    fit = fit_with(session(), viewer(), profile_id, place.edition.slug)
    if fit is None:
        found = Card(person_lines(session(), [profile_id], viewer())[profile_id])
    else:
        (found,) = cards(session(), viewer(), [fit.suggestion], place)
    return render_template("reactions/_again.html", place=place, card=found, back=way_back(place))


def way_back(place: Place) -> str:
    """Give the page that a form was on, or else the list of suggestions."""
    wish = request.form.get("back", "")
    if wish:
        return local_path(wish)
    return url_for("suggestions.index", edition=place.edition.slug)
