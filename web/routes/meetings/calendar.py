"""My calendar: the zone, the mails, a meeting as a file, and the feed's secret address."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.calendars import (
    UnknownZone,
    calendar_of,
    choose_mails,
    choose_zone,
    end_feed,
    renew_feed,
    side_zone,
)
from services.candidates import places_of
from services.meeting_entries import entry_of
from services.meeting_rules import ACCEPTED
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.meetings import MailsForm, ZoneForm
from web.letters import link_base
from web.meeting_words import as_calendar
from web.routes.meetings.base import blueprint, mine, my_id

CALENDAR = "text/calendar; charset=utf-8"
_USUAL_ZONE = "Europe/Brussels"


@blueprint.get("/calendar")
@signed_in
def calendar() -> ResponseReturnValue:
    """Show how I keep time."""
    return _page()


@blueprint.post("/calendar/zone")
@signed_in
def set_zone() -> ResponseReturnValue:
    """Choose the zone that I read times in."""
    try:
        choose_zone(session(), my_id(), request.form.get("zone", ""))
    except UnknownZone:
        flash(_("There is no such time zone. Choose one of the list."), "warning")
    else:
        session().commit()
        flash(_("Saved: times are shown in this zone from now on."))
    return redirect(url_for("meetings.calendar"))


@blueprint.post("/calendar/mails")
@signed_in
def set_mails() -> ResponseReturnValue:
    """Choose the mails I want."""
    form = MailsForm()
    choose_mails(session(), my_id(), reminders=form.reminders.data, follow_ups=form.follow_ups.data)
    session().commit()
    flash(_("Saved."))
    return redirect(url_for("meetings.calendar"))


@blueprint.post("/calendar/feed")
@signed_in
def renew() -> ResponseReturnValue:
    """Make a new secret address; it is shown on this answer and never again."""
    token = renew_feed(session(), my_id(), now())
    session().commit()
    return _page(link_base() + url_for("meetings.feed", token=token))


@blueprint.post("/calendar/feed/end")
@signed_in
def end() -> ResponseReturnValue:
    """Close the feed."""
    end_feed(session(), my_id())
    session().commit()
    flash(_("The address no longer works."))
    return redirect(url_for("meetings.calendar"))


@blueprint.get("/<int:meeting_id>/meeting.ics")
@signed_in
def download(meeting_id: int) -> ResponseReturnValue:
    """Give an agreed meeting as a file for a calendar."""
    row = mine(meeting_id)
    if row.state != ACCEPTED:
        return redirect(url_for("meetings.show", meeting_id=meeting_id))
    text = as_calendar([entry_of(session(), row, my_id())], link_base())
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return Response(text, headers=headers, content_type=CALENDAR)


def _page(address: str = "") -> str:
    chosen = calendar_of(session(), my_id())
    places = places_of(session(), my_id())
    zones = ZoneForm(zone=chosen.zone)
    zones.offer(side_zone(places[0].edition, places[0].side) if places else _USUAL_ZONE)
    return render_template(
        "meetings/calendar.html",
        chosen=chosen,
        places=places,
        zones=zones,
        mails=MailsForm(reminders=chosen.reminders, follow_ups=chosen.follow_ups),
        address=address,
    )
