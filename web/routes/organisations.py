"""Organisations while somebody types one: the options of a list, nothing else."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.organisations import find_organisations
from web.access import signed_in
from web.database import session
from web.limits import limiter

blueprint = Blueprint("organisations", __name__)

_LONGEST = 100


@blueprint.get("/organisations")
@signed_in
@limiter.limit("120 per minute")
def options() -> ResponseReturnValue:
    """Give organisations whose name or acronym is like ``q``, those of ``country`` first.

    A page whose fields have other names says so by ``field`` and ``country_field``.
    """
    sent = request.args
    typed = (sent.get("q") or sent.get(sent.get("field", "organisation")) or "")[:_LONGEST]
    found = find_organisations(session(), typed, sent.get(sent.get("country_field", "country"), ""))
    return render_template("organisations/options.html", organisations=found, typed=typed)
