"""The door of the event: find somebody, one press, and undo; and who did not come."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.attendance import (
    CHECKED_IN,
    UNKNOWN,
    find_at_the_door,
    mark,
    no_shows,
)
from services.attendance_release import meetings_to_come
from services.registrants_counts import state_counts
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.htmx import wants_part
from web.login import account_id
from web.routes.editions.base import blueprint


@blueprint.get("/<slug>/check-in")
@organiser
def check_in(slug: str) -> ResponseReturnValue:
    """Search by name in either script, or by organisation."""
    text = request.args.get("q", "")[:100]
    found = find_at_the_door(session(), edition().id, text)
    if wants_part():
        return render_template("editions/_door.html", edition=edition(), found=found, text=text)
    counts = state_counts(session(), edition().id)
    missing = no_shows(session(), edition().id)
    return render_template(
        "editions/check_in.html",
        edition=edition(),
        text=text,
        found=found,
        counts=counts,
        begun=now() >= edition().starts_at,
        unseen=counts["placed"] - counts["checked-in"] - counts["no-show"],
        missed=len(meetings_to_come(session(), edition().id, missing, now())) if missing else 0,
    )


@blueprint.post("/<slug>/check-in")
@organiser
def check_in_now(slug: str) -> ResponseReturnValue:
    """Check somebody in, or take it back."""
    what = CHECKED_IN if request.form.get("act") == "check-in" else UNKNOWN
    someone = request.form.getlist("person", int)[:1]
    mark(session(), edition(), someone, what, now(), actor_id=account_id())
    session().commit()
    return redirect(url_for("editions.check_in", slug=slug, q=request.form.get("q") or None))
