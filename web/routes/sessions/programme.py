"""The whole programme of an edition on one page, to read and to print."""

from flask import render_template
from flask.typing import ResponseReturnValue

from services.meeting_list import lines_of
from services.programme import programme_of
from services.session_list import session_lines
from web.access import public
from web.clock import now
from web.database import session
from web.programme_page import programme_days
from web.routes.editions.base import shown_edition
from web.routes.sessions.base import blueprint, reader_of, reader_place


@blueprint.get("/editions/<slug>/programme")
@public
def programme(slug: str) -> ResponseReturnValue:
    """Show the programme, with the reader's own meetings and sessions in it."""
    del slug
    edition = shown_edition()
    place = reader_place(edition)
    mine = place.profile_id if place else None
    lines = lines_of(session(), mine, now()) if mine else []
    reader = reader_of(edition, place)
    return render_template(
        "sessions/programme.html",
        edition=edition,
        place=place,
        zones=reader.zones,
        days=programme_days(
            programme_of(edition).slots,
            session_lines(session(), edition.id, mine),
            [line for line in lines if line.edition.id == edition.id],
            reader,
        ),
    )
