"""The reader's matches of the round that the organisers published."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from services.my_matches import MyMatch, MyMatches, my_matches
from web.access import signed_in
from web.database import session
from web.person_cards import Card, card_of
from web.routes.suggestions import viewer

blueprint = Blueprint("my_matches", __name__, url_prefix="/matches")


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """Show whom the reader is to meet, and why, in each edition that told."""
    mine = current_user.profile_id
    found = my_matches(session(), viewer(), mine) if mine else []
    return render_template(
        "my_matches/index.html", found=[(one, _cards(one)) for one in found], profile_id=mine
    )


def _cards(found: MyMatches) -> list[tuple[MyMatch, Card]]:
    return [
        (match, card_of(match.suggestion, match.person, found.place)) for match in found.matches
    ]
