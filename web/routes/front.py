"""The front page, and the sign that the house stands."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from web.access import public
from web.database import session

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show what this is, the next dates and the three doors."""
    return render_template("front.html", edition=None, dates=[], landscape=[])


@blueprint.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Tell a watcher that the application answers and reaches its database."""
    session().execute(text("SELECT 1"))
    return {"status": "ok"}
