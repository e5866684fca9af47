"""Planning again after cancellations: first what would happen, then doing just that."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.board import board_people
from services.board_moves import ChangedMeanwhile
from services.board_replan import plan_again, replan_now
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.desk import desk
from web.login import account_id
from web.routes.schedule.base import blueprint, its_round, to_board

_SHOWN = 200
_ALL = "all"


@blueprint.get("/replan")
@organiser
def replan(slug: str) -> ResponseReturnValue:
    """Show what would move, go and come."""
    del slug
    agreed = request.args.get("move") == _ALL
    row = its_round()
    found = plan_again(session(), edition(), row, now(), agreed_may_move=agreed)
    people = board_people(session(), found.people(_SHOWN))
    return render_template(
        "schedule/replan.html",
        edition=edition(),
        round=row,
        plan=found,
        people=people,
        agreed=agreed,
        shown=_SHOWN,
    )


@blueprint.post("/replan")
@organiser
def replan_it(slug: str) -> ResponseReturnValue:
    """Do what was shown, and nothing else."""
    agreed = request.form.get("move") == _ALL
    try:
        replan_now(
            session(),
            desk().write,
            edition(),
            its_round(),
            request.form.get("digest", ""),
            now(),
            actor_id=account_id(),
            agreed_may_move=agreed,
        )
    except ChangedMeanwhile:
        flash(_("The board has changed in the meantime: see how it stands now."), "warning")
        return redirect(url_for("schedule.replan", slug=slug, move=_ALL if agreed else None))
    session().commit()
    jobs.wake_mail()
    flash(_("Done. Whoever knew of a meeting that moved or went is told."))
    return to_board()
