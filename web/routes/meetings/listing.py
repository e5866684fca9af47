"""My meetings, and one of them."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models import EditionSession
from services.calendars import calendar_of, reading_zone
from services.candidates import places_of
from services.meeting_list import AHEAD, ASKED, HELD, OVER, WAITING, MeetingLine, line_of, lines_of
from services.meeting_reviews import open_questions
from services.meeting_rules import ACCEPTED
from services.mutual_interest import contact_of
from services.session_list import own_sessions
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.meetings import LinkForm
from web.meeting_words import ZoneClock, both_times, clock_in
from web.routes.meetings.base import blueprint, mine, my_id, my_zone


@blueprint.get("")
@signed_in
def index() -> ResponseReturnValue:
    """List what waits for an answer, what is ahead, and what is behind."""
    profile_id = current_user.profile_id
    lines = lines_of(session(), profile_id, now()) if profile_id else []
    chosen = calendar_of(session(), profile_id).zone if profile_id else ""
    groups = {
        group: [(line, shown_times(line, chosen)) for line in lines if line.group == group]
        for group in (WAITING, AHEAD, ASKED, HELD, OVER)
    }
    return render_template(
        "meetings/index.html",
        groups=groups,
        sessions=_sessions(profile_id) if profile_id else [],
        places=places_of(session(), profile_id) if profile_id else [],
        questions=len(open_questions(session(), profile_id, now())) if profile_id else 0,
    )


@blueprint.get("/<int:meeting_id>")
@signed_in
def show(meeting_id: int) -> ResponseReturnValue:
    """Show one meeting, with what can be done about it."""
    return page(meeting_id, LinkForm())


def page(meeting_id: int, form: LinkForm) -> str:
    """Show one meeting with a form for its link."""
    line = line_of(session(), mine(meeting_id), my_id(), now())
    if not form.is_submitted():
        form.link.data = line.meeting.link
    zone = my_zone(line)
    meeting = line.meeting
    wished = meeting.wish_starts_at
    length = meeting.ends_at - meeting.starts_at
    return render_template(
        "meetings/show.html",
        line=line,
        times=both_times(line, meeting.starts_at, meeting.ends_at, zone),
        wish=both_times(line, wished, wished + length, zone) if wished else None,
        form=form,
        contact=contact_of(session(), my_id(), line.partner.profile_id)
        if meeting.state == ACCEPTED
        else None,
    )


def _sessions(profile_id: int) -> list[tuple[EditionSession, ZoneClock, str]]:
    """List the sessions to come that the reader signed up for, on their own clock."""
    ahead = [one for one in own_sessions(session(), profile_id) if one.row.ends_at > now()]
    if not ahead:
        return []
    zone = reading_zone(session(), profile_id)
    return [
        (one.row, clock_in(zone, one.row.starts_at, one.row.ends_at), one.mine) for one in ahead
    ]


def shown_times(line: MeetingLine, chosen: str) -> list[ZoneClock]:
    """Give the clocks of a meeting, of the time that is to be answered if another is wished."""
    meeting, edition = line.meeting, line.edition
    start = meeting.starts_at
    if line.group == WAITING and meeting.wish_starts_at is not None:
        start = meeting.wish_starts_at
    zone = chosen or (edition.left_zone if line.side == "left" else edition.right_zone)
    return both_times(line, start, start + (meeting.ends_at - meeting.starts_at), zone)
