"""Making an edition, new or after an earlier one, and deleting a draft that has nobody."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models import Edition
from services.edition_dates import DatesOutOfOrder
from services.edition_founding import (
    BadSlug,
    NotADraft,
    PeopleTakePart,
    SlugTaken,
    clone_edition,
    delete_draft,
    found_edition,
    propose_clone,
)
from services.errors import ServiceError
from web.access import edition, organiser_of_all
from web.clock import now
from web.database import session
from web.forms.edition_founding import NamingForm, NewEditionForm
from web.login import account_id
from web.routes.desk.base import blueprint

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
            made = found_edition(session(), form.naming(), starts, ends, now(), account_id())
        except (BadSlug, SlugTaken, DatesOutOfOrder) as error:
            _refuse(form, error)
        else:
            return _made(made)
    return render_template("desk/new.html", form=form), 422


@blueprint.get("/<slug>/clone")
@organiser_of_all
def clone(slug: str) -> ResponseReturnValue:
    """Propose a name and a first day for the next edition."""
    proposal = propose_clone(edition(), now())
    form = NamingForm(
        name_en=proposal.naming.name_en,
        name_ko=proposal.naming.name_ko,
        slug=proposal.naming.slug,
        first_day=proposal.first_day,
    )
    return render_template("desk/clone.html", edition=edition(), form=form)


@blueprint.post("/<slug>/clone")
@organiser_of_all
def clone_now(slug: str) -> ResponseReturnValue:
    """Make a draft with everything but people and rounds, its dates moved."""
    form, day = NamingForm(), None
    if form.validate_on_submit():
        day = form.first_day.data
        try:
            made = clone_edition(session(), edition(), form.naming(), day, now(), account_id())
        except (BadSlug, SlugTaken) as error:
            _refuse(form, error)
        else:
            return _made(made)
    return render_template("desk/clone.html", edition=edition(), form=form), 422


@blueprint.post("/<slug>/delete")
@organiser_of_all
def delete(slug: str) -> ResponseReturnValue:
    """Delete a draft that nobody takes part in."""
    try:
        delete_draft(session(), edition())
    except NotADraft:
        flash(_("Only a draft can be deleted."), "warning")
    except PeopleTakePart as error:
        text = ngettext(
            "It has %(num)s participant or round: it is not deleted.",
            "It has %(num)s participants and rounds: it is not deleted.",
            error.count,
        )
        flash(text, "warning")
    else:
        session().commit()
        flash(_("The draft is deleted."))
        return redirect(url_for("rounds.index"))
    return redirect(url_for("rounds.desk", slug=slug))


def _made(made: Edition) -> ResponseReturnValue:
    session().commit()
    flash(_("The edition is made, as a draft that only organisers see."))
    return redirect(url_for("rounds.desk", slug=made.slug))


def _refuse(form: NamingForm, error: ServiceError) -> None:
    if isinstance(error, DatesOutOfOrder):
        form.refuse("first_day", _("The first day lies ahead."))
    elif isinstance(error, SlugTaken):
        form.refuse("slug", _("Another edition has this short name."))
    else:
        text = _("Use small letters, digits and single hyphens, such as power-electronics.")
        form.refuse("slug", text)
