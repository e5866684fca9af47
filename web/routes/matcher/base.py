"""What the pages on the matcher share: asking the worker for something, and waiting for it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.matcher_runs import UNDER_WAY, MatcherBusy, find_run, request_run
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.login import account_id

blueprint = Blueprint("matcher", __name__, url_prefix="/organise/<slug>/matcher")
PAGES = {
    "exposure": "matcher.exposure",
    "good-pairs": "matcher.good_pairs",
    "calibration": "matcher.scale",
}
"""Where the result of each kind of work is shown."""


def ask_worker(kind: str, given: Mapping[str, Any] | None = None) -> ResponseReturnValue:
    """Queue a piece of work and show the page on which its result will stand."""
    try:
        request_run(session(), edition(), kind, now(), given=given, actor_id=account_id())
    except MatcherBusy:
        flash(_("This is under way already. The page shows how far it is."), "warning")
    else:
        session().commit()
        jobs.wake_matcher()
    return redirect(url_for(PAGES[kind], slug=edition().slug))


@blueprint.get("/runs/<int:run_id>/progress")
@organiser
def progress(slug: str, run_id: int) -> ResponseReturnValue:
    """Give the line that says how far a piece of work is; a page asks for it again and again."""
    run = find_run(session(), edition(), run_id)
    page = url_for(PAGES[run.kind], slug=slug)
    answer = Response(
        render_template("matcher/_progress.html", edition=edition(), run=run, page_url=page)
    )
    if run.state not in UNDER_WAY:
        answer.headers["HX-Refresh"] = "true"
    return answer
