"""The list of participants, for whom the organisers let read it."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from services.editions_directory import directory, may_read_list
from web.access import signed_in
from web.database import session
from web.routes.editions.base import blueprint, reader, shown_edition


@blueprint.get("/<slug>/participants")
@signed_in
def participants(slug: str) -> ResponseReturnValue:
    """List who takes part, as far as this reader may see them."""
    edition = shown_edition()
    if not may_read_list(session(), edition, reader()):
        abort(404)
    page = directory(session(), edition, reader(), request.args.get("page", 1, int))
    return render_template("editions/participants.html", edition=edition, page=page)
