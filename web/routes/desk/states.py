"""The steps of an edition from draft to over, each a button on its overview."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.edition_states import ACTS
from services.edition_steps import StepRefused
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.edition_state_words import reason, taken
from web.login import account_id
from web.routes.desk.base import blueprint


@blueprint.post("/<slug>/step")
@organiser
def step(slug: str) -> ResponseReturnValue:
    """Take one step, or say what keeps the edition from it."""
    act = ACTS.get(request.form.get("act", ""))
    if act is None:
        abort(404)
    try:
        act(session(), edition(), now(), account_id())
    except StepRefused as error:
        flash(" ".join(reason(code) for code in error.reasons), "warning")
    else:
        session().commit()
        jobs.wake_matcher()
        flash(taken(request.form["act"]))
    return redirect(url_for("rounds.desk", slug=slug))
