"""The calendar to subscribe to: whoever has its secret address reads it, and nobody else."""

from flask import Response
from flask.typing import ResponseReturnValue

from models import Account
from services.calendars import owner_of_feed
from services.meeting_entries import entries_of
from web.access import public
from web.clock import now
from web.database import session
from web.letters import link_base
from web.limits import limiter
from web.locale import speaking
from web.meeting_words import meetings_as_calendar
from web.routes.meetings.base import blueprint
from web.routes.meetings.calendar import CALENDAR


@blueprint.get("/feed/<token>.ics")
@public
@limiter.limit("60 per hour")
def feed(token: str) -> ResponseReturnValue:
    """Give somebody's meetings. No cookie is asked for: a calendar program has none."""
    owner = owner_of_feed(session(), token)
    account = session().get(Account, owner.account_id)
    with speaking(account.language if account else None):
        text = meetings_as_calendar(entries_of(session(), owner.id, now()), link_base(), whole=True)
    return Response(text, content_type=CALENDAR)
