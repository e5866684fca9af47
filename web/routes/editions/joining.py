"""Joining an edition with one button, and leaving it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Edition
from services.editions_joining import NotOpen, NotReady, join, leave
from services.profiles import own_profile
from web.access import signed_in
from web.clock import now
from web.database import session
from web.edition_words import edition_name
from web.login import account_id
from web.routes.editions.base import blueprint, shown_edition


@blueprint.post("/<slug>/join")
@signed_in
def join_now(slug: str) -> ResponseReturnValue:
    """Take part."""
    edition = shown_edition()
    profile = own_profile(session(), account_id())
    try:
        if profile is None:
            raise NotReady(("name", "country", "research"))
        join(session(), edition, profile, now())
    except NotOpen as error:
        _say_not_open(edition, error)
    except NotReady:
        flash(_("Your profile is not ready yet: see below what is missing."), "warning")
    else:
        session().commit()
        flash(_("You take part in %(edition)s.", edition=edition_name(edition)))
    return redirect(url_for("editions.show", slug=slug))


@blueprint.post("/<slug>/leave")
@signed_in
def leave_now(slug: str) -> ResponseReturnValue:
    """Leave, until the deadline."""
    edition = shown_edition()
    profile = own_profile(session(), account_id())
    try:
        if profile is not None:
            leave(session(), edition, profile, now())
    except NotOpen as error:
        _say_not_open(edition, error)
    else:
        session().commit()
        flash(_("You no longer take part in %(edition)s.", edition=edition_name(edition)))
    return redirect(url_for("editions.show", slug=slug))


def _say_not_open(edition: Edition, error: NotOpen) -> None:
    name = edition_name(edition)
    if error.closed:
        text = _("Registration for %(edition)s has closed. Write to its organisers.", edition=name)
    else:
        text = _("Registration for %(edition)s is not open yet.", edition=name)
    flash(text, "warning")
