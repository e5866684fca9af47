"""How evenly lists show people, before the correction and after."""

from flask import render_template
from flask.typing import ResponseReturnValue

from services.exposure import exposure_report, unseen
from services.matcher_runs import newest_run
from web.access import edition, organiser
from web.database import session
from web.limits import limiter
from web.routes.matcher.base import ask_worker, blueprint


@blueprint.get("/exposure")
@organiser
def exposure(slug: str) -> ResponseReturnValue:
    """Show on how many lists people stand, and who stands on none."""
    return render_template(
        "matcher/exposure.html",
        edition=edition(),
        report=exposure_report(session(), edition()),
        unseen=unseen(session(), edition()),
        run=newest_run(session(), edition(), "exposure"),
    )


@blueprint.post("/exposure")
@organiser
@limiter.limit("20 per hour")
def look_again(slug: str) -> ResponseReturnValue:
    """Have the lists looked at again."""
    return ask_worker("exposure")
