"""The front page, and the sign that the house stands."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import text

from models import Edition
from services.consents_owed import owed_edition
from services.front import edition_ahead, next_moments
from services.landscape import landscape, links
from services.my_matches import published_editions
from web.access import public
from web.clock import now
from web.database import session
from web.edition_words import both_clocks

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show what this is, the next dates and the three doors."""
    edition = edition_ahead(session(), now())
    points = landscape(edition) if edition else []
    return render_template(
        "front.html",
        edition=edition,
        dates=_dates(edition) if edition else [],
        landscape=points,
        landscape_links=links(points),
        owed=_owed(),
        matched=_matched(),
    )


def _owed() -> Edition | None:
    """Find the edition that whoever is signed in takes part in without having been asked."""
    mine = current_user.profile_id
    return owed_edition(session(), mine, now(), unasked=True) if mine else None


def _matched() -> Sequence[Edition]:
    """List the editions that have published matches of whoever is signed in."""
    mine = current_user.profile_id
    return published_editions(session(), mine) if mine else ()


@blueprint.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Tell a watcher that the application answers and reaches its database."""
    session().execute(text("SELECT 1"))
    return {"status": "ok"}


def _dates(edition: Edition) -> list[dict[str, Any]]:
    titles = {
        "opens": _("Registration opens"),
        "closes": _("Registration closes"),
        "starts": _("The forum begins"),
        "ends": _("The forum ends"),
    }
    return [
        {"title": titles[code], "clocks": both_clocks(edition, moment)}
        for code, moment in next_moments(edition, now())
    ]
