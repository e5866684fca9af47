"""One session, and its file for a calendar."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from services.meeting_list import line_of
from services.session_entries import entry_of
from services.session_list import session_line
from services.session_places import meetings_then, place_of, sign_up_trouble
from services.session_times import COMING
from web.access import public, signed_in
from web.clock import now
from web.database import session
from web.letters import link_base
from web.meeting_words import as_calendar
from web.routes.meetings.base import my_id
from web.routes.meetings.calendar import CALENDAR
from web.routes.sessions.base import blueprint, reader_of, reader_place, shown_session


@blueprint.get("/sessions/<int:session_id>")
@public
def show(session_id: int) -> ResponseReturnValue:
    """Show a session, with what stands in the way before somebody signs up."""
    row, edition = shown_session(session_id)
    place = reader_place(edition)
    mine = place.profile_id if place else None
    line = session_line(session(), row, mine)
    reader = reader_of(edition, place)
    ahead = row.starts_at > now()
    clashing = meetings_then(session(), row, mine) if mine and ahead and not line.mine else []
    return render_template(
        "sessions/show.html",
        edition=edition,
        line=line,
        place=place,
        clocks=reader.clocks(row.starts_at, row.ends_at),
        until=[reader.clocks(row.sign_up_until, row.ends_at)[0]] if row.sign_up_until else [],
        trouble=sign_up_trouble(row, place.side if place else "", now()),
        ahead=ahead,
        clashing=[line_of(session(), one, mine, now()) for one in clashing] if mine else [],
    )


@blueprint.get("/sessions/<int:session_id>/session.ics")
@signed_in
def download(session_id: int) -> ResponseReturnValue:
    """Give a session that the reader comes to as a file for their calendar."""
    row, edition = shown_session(session_id)
    place = place_of(session(), row, my_id())
    if place is None or place.state != COMING:
        abort(404)
    text = as_calendar([entry_of(edition, row)], link_base())
    headers = {"Content-Disposition": f'attachment; filename="session-{session_id}.ics"'}
    return Response(text, headers=headers, content_type=CALENDAR)
