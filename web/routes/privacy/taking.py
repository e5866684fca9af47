"""Taking everything away that is kept of oneself, as one file."""

import json

from flask import Response, current_app

from services.personal_data import personal_data
from web.access import signed_in
from web.clock import now
from web.database import session
from web.limits import limiter
from web.login import account
from web.routes.privacy.base import blueprint


@blueprint.get("/data.json")
@signed_in
@limiter.limit("20 per hour")
def download() -> Response:
    """Give everything that the database holds on whoever is signed in."""
    found = personal_data(session(), account(), now())
    text = json.dumps(found, ensure_ascii=False, indent=2)
    answer: Response = current_app.response_class(text, mimetype="application/json")
    answer.headers["Content-Disposition"] = "attachment; filename=ieum-my-data.json"
    return answer
