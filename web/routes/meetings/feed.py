"""The calendar to subscribe to: whoever has its secret address reads it, and nobody else."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Account
from services.calendars import owner_of_feed
from services.meeting_entries import entries_of
from services.session_entries import session_entries
from web.access import public
from web.clock import now
from web.database import session
from web.letters import link_base
from web.limits import limiter
from web.locale import speaking
from web.meeting_words import Entry, as_calendar
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
        entries: list[Entry] = [
            *entries_of(session(), owner.id, now()),
            *session_entries(session(), owner.id, now()),
        ]
        text = as_calendar(entries, link_base(), name=_("Ieum: my meetings"))
    return Response(text, content_type=CALENDAR)
