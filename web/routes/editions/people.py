"""The organiser's list of who takes part."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from services.editions import participant_counts
from services.editions_people import people_page
from web.access import edition, organiser
from web.database import session
from web.routes.editions.base import blueprint


@blueprint.get("/<slug>/people")
@organiser
def people(slug: str) -> ResponseReturnValue:
    """List the participants, a page at a time; imported ones are marked."""
    page = people_page(session(), edition().id, request.args.get("page", 1, int))
    return render_template(
        "editions/people.html",
        edition=edition(),
        page=page,
        counts=participant_counts(session(), edition()),
    )
