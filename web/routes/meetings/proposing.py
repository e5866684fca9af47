"""Choosing a time: for a first proposal, or another one for a meeting that is there."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Edition
from services.calendars import zone_of
from services.candidates import OTHER_SIDE, Place
from services.errors import NotFound
from services.meeting_letters import ANOTHER_TIME, PROPOSAL
from services.meeting_rules import (
    AlreadyArranged,
    NotMutual,
    NotNow,
    TimeTaken,
    may_move,
    partner_id,
    side_of,
)
from services.meeting_times import Pair, free_for_both
from services.meetings import move as move_meeting
from services.meetings import open_meeting, pair_of, propose
from services.mutual_interest import both_interested
from services.people import PersonLine, person_lines
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.meetings import TimeForm
from web.meeting_words import OfferedDay, offered_days
from web.routes.meetings.answering import say_late, say_taken
from web.routes.meetings.base import blueprint, commit_and_tell, mine, my_id, my_place
from web.routes.suggestions import viewer

_FIRST = 12
# Nobody is asked at ten for half past ten.
_NOTICE = timedelta(hours=1)


@blueprint.get("/with/<int:profile_id>/<slug>")
@signed_in
def propose_to(profile_id: int, slug: str) -> ResponseReturnValue:
    """Show when both are free."""
    place, partner = _partner(profile_id, slug)
    waiting = open_meeting(session(), pair_of(place, profile_id), now())
    if waiting is not None:
        return redirect(url_for("meetings.show", meeting_id=waiting.id))
    return _choose(place, partner, TimeForm())


@blueprint.post("/with/<int:profile_id>/<slug>")
@signed_in
def propose_now(profile_id: int, slug: str) -> ResponseReturnValue:
    """Propose the chosen time."""
    place, partner = _partner(profile_id, slug)
    form = TimeForm()
    if not form.validate_on_submit():
        return _choose(place, partner, form), 422
    try:
        row = propose(session(), place, profile_id, form.moment, now())
    except AlreadyArranged as error:
        return redirect(url_for("meetings.show", meeting_id=error.meeting_id))
    except TimeTaken:
        say_taken()
        return redirect(request.url)
    except NotMutual as error:
        raise NotFound("nobody is there to meet") from error
    commit_and_tell(row, PROPOSAL, profile_id)
    flash(_("Proposed. You get a mail when there is an answer."))
    return redirect(url_for("meetings.show", meeting_id=row.id))


@blueprint.get("/<int:meeting_id>/time")
@signed_in
def move(meeting_id: int) -> ResponseReturnValue:
    """Show when both are free besides."""
    if not may_move(mine(meeting_id), now()):
        say_late()
        return redirect(url_for("meetings.show", meeting_id=meeting_id))
    return _choose_again(meeting_id, TimeForm())


@blueprint.post("/<int:meeting_id>/time")
@signed_in
def move_now(meeting_id: int) -> ResponseReturnValue:
    """Suggest the chosen time."""
    form = TimeForm()
    if not form.validate_on_submit():
        return _choose_again(meeting_id, form), 422
    try:
        row = move_meeting(session(), meeting_id, my_id(), form.moment, now())
    except TimeTaken:
        say_taken()
        return redirect(request.url)
    except NotNow:
        say_late()
    else:
        commit_and_tell(row, ANOTHER_TIME, partner_id(row, my_id()))
        flash(_("Suggested. You get a mail when there is an answer."))
    return redirect(url_for("meetings.show", meeting_id=meeting_id))


def _partner(profile_id: int, slug: str) -> tuple[Place, PersonLine]:
    """Give who may be asked: somebody with whom the interest is on both sides."""
    place = my_place(slug)
    if not both_interested(session(), place.edition.id, my_id(), profile_id):
        raise NotFound("nobody is there to meet")
    return place, person_lines(session(), [profile_id], viewer())[profile_id]


def _choose(place: Place, partner: PersonLine, form: TimeForm) -> str:
    pair = pair_of(place, partner.profile_id)
    days, more = _offer(form, pair, place.edition, place.side)
    return render_template(
        "meetings/choose.html",
        edition=place.edition,
        partner=partner,
        form=form,
        days=days,
        more=more,
        meeting=None,
    )


def _choose_again(meeting_id: int, form: TimeForm) -> str:
    row = mine(meeting_id)
    edition = session().get_one(Edition, row.edition_id)
    other = partner_id(row, my_id())
    pair = Pair(edition, row.left_id, row.right_id)
    days, more = _offer(form, pair, edition, side_of(row, my_id()), row.id)
    return render_template(
        "meetings/choose.html",
        edition=edition,
        partner=person_lines(session(), [other], viewer())[other],
        form=form,
        days=days,
        more=more,
        meeting=row,
    )


def _offer(
    form: TimeForm, pair: Pair, edition: Edition, side: str, leave_out: int | None = None
) -> tuple[list[OfferedDay], bool]:
    """Offer the earliest shared times by day, or all of them; tells whether there are more."""
    spans = free_for_both(session(), pair, now() + _NOTICE, leave_out)
    shown = spans if "all" in request.args else spans[:_FIRST]
    other = OTHER_SIDE[side]
    theirs = edition.left_zone if other == "left" else edition.right_zone
    days = offered_days(shown, zone_of(session(), edition, my_id(), side), theirs)
    form.offer(spans)
    return days, len(spans) > len(shown)
