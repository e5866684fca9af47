"""When I am free: the slots of the programme, and hours of my own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from matchmaking.wall_clock import NoSuchHour, weekly
from models import Profile
from services.availability import (
    BadWindow,
    Entered,
    Window,
    add_windows,
    entered,
    participation_of,
    remove_window,
    set_free_slots,
)
from services.calendars import side_zone, zone_of
from services.candidates import Place
from services.programme import programme_of
from services.public_holidays import holidays_on, main_country
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.meetings import WindowForm
from web.free_grid import Grid, days_of, grid_of, switched
from web.meeting_words import ZoneClock, clock_in
from web.routes.meetings.base import blueprint, my_id, my_place


@dataclass(frozen=True, slots=True)
class OwnWindow:
    """Hours of one's own, on both clocks."""

    id: int
    clocks: tuple[ZoneClock, ZoneClock]


@blueprint.get("/times/<slug>")
@signed_in
def times(slug: str) -> ResponseReturnValue:
    """Show when I am free."""
    return _page(my_place(slug), WindowForm())


@blueprint.post("/times/<slug>")
@signed_in
def set_times(slug: str) -> ResponseReturnValue:
    """Save the grid; a button at a day or an hour switches all of it first."""
    place = my_place(slug)
    participation = participation_of(session(), place.edition.id, my_id())
    slots = programme_of(place.edition).slots
    ahead = [slot for slot in slots if slot.start > now()]
    free = _starts(request.form.getlist("free"))
    day, hour = request.form.get("day", ""), request.form.get("hour", "")
    if day or hour:
        free = switched(ahead, free, _zones(place)[0], day, hour)
    set_free_slots(session(), place.edition, participation.id, free, now())
    session().commit()
    flash(_("Saved: partners see the times that you share."))
    return redirect(url_for("meetings.times", slug=slug))


@blueprint.post("/times/<slug>/windows")
@signed_in
def add_window(slug: str) -> ResponseReturnValue:
    """Add hours of my own."""
    place, form = my_place(slug), WindowForm()
    if not form.validate_on_submit():
        return _page(place, form), 422
    participation = participation_of(session(), place.edition.id, my_id())
    zone = ZoneInfo(_zones(place)[0])
    try:
        spans = weekly(form.day.data, form.start.data, form.end.data, zone, form.weeks.data)
        add_windows(session(), place.edition, participation.id, spans, now())
    except NoSuchHour:
        form.start.errors = [_("The clocks are put forward that day and leave this hour out.")]
        return _page(place, form), 422
    except BadWindow as error:
        form.day.errors = [_reason(error.reason)]
        return _page(place, form), 422
    session().commit()
    flash(_("Added."))
    return redirect(url_for("meetings.times", slug=slug))


@blueprint.post("/times/<slug>/windows/<int:window_id>/remove")
@signed_in
def drop_window(slug: str, window_id: int) -> ResponseReturnValue:
    """Take hours of my own back."""
    place = my_place(slug)
    participation = participation_of(session(), place.edition.id, my_id())
    remove_window(session(), participation.id, window_id)
    session().commit()
    flash(_("Taken away."))
    return redirect(url_for("meetings.times", slug=slug))


def _page(place: Place, form: WindowForm) -> str:
    participation = participation_of(session(), place.edition.id, my_id())
    found = entered(session(), participation.id, now())
    return render_template(
        "meetings/times.html",
        place=place,
        grid=_grid(place, found),
        windows=[_own(window, _zones(place)) for window in found.windows],
        zones=_zones(place),
        form=form,
        token=FlaskForm(),
    )


def _grid(place: Place, found: Entered) -> Grid:
    slots = programme_of(place.edition).slots
    zones = _zones(place)
    own = session().get_one(Profile, my_id()).country
    theirs = main_country(session(), place.edition.id, place.other_side)
    countries = [country for country in (own, theirs) if country]
    holidays = holidays_on(days_of(slots, zones[0]), countries, get_locale().language)
    return grid_of(slots, found.busy, holidays, zones, now())


def _zones(place: Place) -> tuple[str, str]:
    """Name the reader's zone and the other side's."""
    mine = zone_of(session(), place.edition, my_id(), place.side)
    return mine, side_zone(place.edition, place.other_side)


def _own(window: Window, zones: tuple[str, str]) -> OwnWindow:
    here, there = (clock_in(zone, window.span.start, window.span.end) for zone in zones)
    return OwnWindow(window.id, (here, there))


def _starts(texts: Iterable[str]) -> set[datetime]:
    found = set()
    for text in texts:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            continue
        if moment.tzinfo is not None:
            found.add(moment)
    return found


def _reason(reason: str) -> str:
    sentences = {
        "past": _("These hours are over. Choose a later day."),
        "too-far": _("Choose hours within a year from now."),
        "too-long": _("Choose 12 hours at most."),
        "too-short": _("This is too short for a meeting."),
        "too-many": _("You have 100 times already. Take some away first."),
    }
    return str(sentences[reason])
