"""What the reader could add to find more people, and whom it would bring."""

from flask import render_template
from flask.typing import ResponseReturnValue

from services.people import person_lines
from services.suggestions import asker_of
from services.wider import wider_need
from web.access import signed_in
from web.database import session
from web.matcher import cache
from web.routes.reactions.base import blueprint, chosen_place, viewer


@blueprint.get("/wider")
@signed_in
def wider() -> ResponseReturnValue:
    """Show the need whose addition would do most."""
    place = chosen_place()
    asker = asker_of(session(), place)
    found = None
    if asker.encoded.passages:
        found = wider_need(session(), cache(), place, viewer(), asker)
    named = [one.profile_id for one in found.nearer] if found else []
    return render_template(
        "reactions/wider.html",
        place=place,
        found=found,
        people=person_lines(session(), named, viewer()),
    )
