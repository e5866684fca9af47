"""What an organiser may know and set of the matcher, on one page."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.already_met import allow_meeting_again
from services.exposure import exposure_report
from services.matcher_runs import newest_run
from services.scale import GRADE_MEANINGS, scale_in_use
from web.access import edition, organiser
from web.database import session
from web.routes.matcher.base import blueprint


@blueprint.get("/")
@organiser
def index(slug: str) -> ResponseReturnValue:
    """Show how evenly people are shown, how good pairs are found, and what a grade means."""
    return render_template(
        "matcher/index.html",
        edition=edition(),
        report=exposure_report(session(), edition()),
        pairs=newest_run(session(), edition(), "good-pairs"),
        meanings=GRADE_MEANINGS,
        scale=scale_in_use(session(), edition()),
    )


@blueprint.post("/meeting-again")
@organiser
def meeting_again(slug: str) -> ResponseReturnValue:
    """Let people who met before be brought together again, or stop it."""
    allowed = request.form.get("allowed") == "yes"
    allow_meeting_again(session(), edition(), allowed=allowed)
    session().commit()
    if allowed:
        flash(_("People who met before may be brought together again."))
    else:
        flash(_("People who met before are no longer brought together."))
    return redirect(url_for("matcher.index", slug=slug, _anchor="again"))
