"""The scale of the grades: what it says, and its renewal in two steps."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import MatcherRun
from services.matcher_runs import find_run, runs_of
from services.scale import (
    GRADE_MEANINGS,
    ScaleUnfit,
    grade_changes,
    scale_in_use,
    use_worked_out,
)
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.limits import limiter
from web.login import account_id
from web.routes.matcher.base import ask_worker, blueprint


@blueprint.get("/scale")
@organiser
def scale(slug: str) -> ResponseReturnValue:
    """Show what the grades mean, since when, and what a new scale would change."""
    runs = runs_of(session(), edition(), "calibration")
    newest = runs[0] if runs else None
    return render_template(
        "matcher/scale.html",
        edition=edition(),
        meanings=GRADE_MEANINGS,
        current=scale_in_use(session(), edition()),
        newest=newest,
        changes=grade_changes(newest) if newest and newest.state == "done" else (),
        used=[(run, when) for run in runs if (when := _used_at(run)) is not None],
    )


@blueprint.post("/scale")
@organiser
@limiter.limit("20 per hour")
def work_out(slug: str) -> ResponseReturnValue:
    """Have a new scale worked out; nothing changes by it yet."""
    return ask_worker("calibration")


@blueprint.post("/scale/<int:run_id>/use")
@organiser
def use(slug: str, run_id: int) -> ResponseReturnValue:
    """Grade by a scale that was worked out."""
    run = find_run(session(), edition(), run_id)
    try:
        use_worked_out(session(), edition(), run, now(), account_id())
    except ScaleUnfit:
        flash(_("This scale cannot be used any more. Work out a new one."), "warning")
        return redirect(url_for("matcher.scale", slug=slug))
    session().commit()
    jobs.wake_matcher()
    flash(_("The new scale is in use. Scores and grades are read from it from now on."))
    return redirect(url_for("matcher.scale", slug=slug))


def _used_at(run: MatcherRun) -> datetime | None:
    when = (run.result or {}).get("used_at")
    return datetime.fromisoformat(when) if when else None
