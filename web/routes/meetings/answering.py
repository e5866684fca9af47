"""Answers to a proposal, and what either may do with a meeting that stands."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from models import Meeting
from services import meetings
from services.meeting_letters import AGREED, CALLED_OFF, DECLINED, TIME_KEPT
from services.meeting_links import BadLink
from services.meeting_rules import ACCEPTED, NotNow, TimeTaken, partner_id
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.meetings import LinkForm
from web.routes.meetings.base import blueprint, commit_and_tell, my_id
from web.routes.meetings.listing import page

Act = Callable[[Session, int, int, datetime], Meeting]


@blueprint.post("/<int:meeting_id>/accept")
@signed_in
def accept(meeting_id: int) -> ResponseReturnValue:
    """Agree."""
    try:
        row = _act(meetings.accept, meeting_id)
    except TimeTaken:
        say_taken()
        return redirect(url_for("meetings.move", meeting_id=meeting_id))
    if row is not None and row.state != ACCEPTED:
        session().commit()
        flash(_("You accepted. The meeting is agreed as soon as your partner accepts it, too."))
    elif row is not None:
        commit_and_tell(row, AGREED, row.left_id, row.right_id)
        flash(_("The meeting is agreed. You both get a mail with a file for your calendar."))
    return _back(meeting_id)


@blueprint.post("/<int:meeting_id>/decline")
@signed_in
def decline(meeting_id: int) -> ResponseReturnValue:
    """Say no; to another time, and the agreed one stands."""
    row = _act(meetings.decline, meeting_id)
    if row is not None:
        stands = row.state == ACCEPTED
        commit_and_tell(row, TIME_KEPT if stands else DECLINED, partner_id(row, my_id()))
        flash(
            _("The agreed time stands, and your partner is told.")
            if stands
            else _("You declined, and your partner is told.")
        )
    return _back(meeting_id)


@blueprint.post("/<int:meeting_id>/cancel")
@signed_in
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Call it off."""
    row = _act(meetings.cancel, meeting_id)
    if row is not None:
        commit_and_tell(row, CALLED_OFF, partner_id(row, my_id()))
        flash(_("The meeting is cancelled, and your partner is told."))
    return _back(meeting_id)


@blueprint.post("/<int:meeting_id>/link")
@signed_in
def set_link(meeting_id: int) -> ResponseReturnValue:
    """Say where in the web the meeting is."""
    form = LinkForm()
    if not form.validate_on_submit():
        return page(meeting_id, form), 422
    try:
        meetings.set_link(session(), meeting_id, my_id(), form.link.data or "", now())
    except BadLink:
        form.link.errors = [
            _("Copy the whole address from your meeting service; it begins with https://.")
        ]
        return page(meeting_id, form), 422
    except NotNow:
        say_late()
    else:
        session().commit()
        flash(_("Saved. Your partner sees the link on this page and in the calendar feed."))
    return _back(meeting_id)


def say_taken() -> None:
    """Tell that a time is gone."""
    flash(_("This time is not free any more. Choose another one."), "warning")


def say_late() -> None:
    """Tell that a meeting has moved on since the page was read."""
    flash(_("This has changed in the meantime: see how the meeting stands now."), "warning")


def _act(act: Act, meeting_id: int) -> Meeting | None:
    try:
        return act(session(), meeting_id, my_id(), now())
    except NotNow:
        say_late()
        return None


def _back(meeting_id: int) -> ResponseReturnValue:
    return redirect(url_for("meetings.show", meeting_id=meeting_id))
