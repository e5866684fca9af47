"""Making a new edition."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import render_template
from flask.typing import ResponseReturnValue

from services.edition_dates import DatesOutOfOrder
from services.edition_founding import BadSlug, SlugTaken, found_edition
from web.access import organiser_of_all
from web.clock import now
from web.database import session
from web.forms.edition_founding import NewEditionForm
from web.login import account_id
from web.routes.desk.base import blueprint
from web.routes.desk.founding_answers import made, refuse

_LEFT_ZONE = "Europe/Brussels"
_MORNING, _EVENING = time(9), time(18)


@blueprint.get("/new")
@organiser_of_all
def new() -> ResponseReturnValue:
    """Ask what a new edition is called and when it begins."""
    return render_template("desk/new.html", form=NewEditionForm())


@blueprint.post("/new")
@organiser_of_all
def found() -> ResponseReturnValue:
    """Make a new edition, a draft."""
    form = NewEditionForm()
    if form.validate_on_submit():
        first, zone = form.first_day.data, ZoneInfo(_LEFT_ZONE)
        last = first + timedelta(days=form.days.data - 1)
        starts = datetime.combine(first, _MORNING, zone)
        ends = datetime.combine(last, _EVENING, zone)
        try:
            one = found_edition(session(), form.naming(), starts, ends, now(), account_id())
        except (BadSlug, SlugTaken, DatesOutOfOrder) as error:
            refuse(form, error)
        else:
            return made(one)
    return render_template("desk/new.html", form=form), 422
