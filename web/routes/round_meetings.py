"""The meetings of a round: what would be proposed, proposing it, and how it was answered."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models import Round
from services.round_meetings import answers_to
from services.round_schedule import (
    NothingToPlace,
    plan_meetings,
    propose_meetings,
    round_to_place,
)
from services.rounds import find_round
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.desk import desk
from web.routes.rounds import blueprint

__all__ = ["blueprint"]


@blueprint.get("/<slug>/rounds/<int:number>/meetings")
@organiser
def meetings(slug: str, number: int) -> ResponseReturnValue:
    """Show what would be proposed, whom it leaves out and why, and the answers so far."""
    del slug
    row = find_round(session(), edition(), number)
    try:
        plan = plan_meetings(session(), edition(), _to_place(number), now())
        trouble = ""
    except NothingToPlace as error:
        plan, trouble = None, error.reason
    return render_template(
        "rounds/meetings.html",
        edition=edition(),
        round=row,
        plan=plan,
        trouble=trouble,
        answers=answers_to(session(), row, now()),
    )


@blueprint.post("/<slug>/rounds/<int:number>/meetings")
@organiser
def propose_meetings_now(slug: str, number: int) -> ResponseReturnValue:
    """Propose the meetings that are missing."""
    back = redirect(url_for("rounds.meetings", slug=slug, number=number))
    try:
        plan = propose_meetings(session(), desk().write, edition(), _to_place(number), now())
    except NothingToPlace:
        # The page says why.
        return back
    session().commit()
    count = len(plan.proposed)
    if not count:
        flash(_("Nothing is missing: no meeting was proposed."))
        return back
    jobs.wake_mail()
    flash(
        ngettext(
            "%(num)s meeting is proposed. Both people find it under Meetings.",
            "%(num)s meetings are proposed. Both people of each find it under Meetings.",
            count,
        )
    )
    return back


def _to_place(number: int) -> Round:
    return round_to_place(session(), edition(), number, now=now())
