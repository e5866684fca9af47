"""Joining an edition with one button, and leaving it."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Edition
from services.consents import give
from services.consents_reading import CONTACT, MAILS, MATCHING, OVERSEAS, SHOWING
from services.editions_joining import NotConsented, NotOpen, NotReady, agree, join, leave
from services.profiles import own_profile
from web import jobs
from web.access import signed_in
from web.clock import now
from web.database import session
from web.edition_words import edition_name
from web.legal import text_language
from web.login import account_id
from web.routes.editions.base import blueprint, shown_edition

ASKED_TO_JOIN = (OVERSEAS, MAILS, CONTACT)
"""What the button to join is asked beside; only the first is needed."""


@blueprint.post("/<slug>/join")
@signed_in
def join_now(slug: str) -> ResponseReturnValue:
    """Take part. The button itself consents to being compared and shown; the rest is ticked."""
    edition = shown_edition()
    profile = own_profile(session(), account_id())
    ticked = [purpose for purpose in ASKED_TO_JOIN if request.form.get(purpose)]
    try:
        if profile is None:
            raise NotReady(("name", "country", "research"))
        give(session(), account_id(), (MATCHING, SHOWING, *ticked), text_language(), now())
        has_place = join(session(), edition, profile, now())
    except NotOpen as error:
        _say_not_open(edition, error)
    except NotReady:
        flash(_("Your profile is not ready yet: see below what is missing."), "warning")
    except NotConsented:
        _say_not_consented()
    else:
        session().commit()
        _say_joined(edition, has_place=has_place)
    return redirect(url_for("editions.show", slug=slug))


@blueprint.post("/<slug>/agree")
@signed_in
def agree_now(slug: str) -> ResponseReturnValue:
    """Agree to what taking part needs, for who took part before that was asked."""
    edition = shown_edition()
    profile = own_profile(session(), account_id())
    ticked = [purpose for purpose in ASKED_TO_JOIN if request.form.get(purpose)]
    if profile is None:
        abort(404)
    try:
        give(session(), account_id(), (MATCHING, SHOWING, *ticked), text_language(), now())
        agree(session(), edition, profile, now())
    except NotConsented:
        _say_not_consented()
        return redirect(url_for("editions.show", slug=slug))
    session().commit()
    jobs.wake_encoding()
    flash(_("Your agreement is noted: you are found now, and the next round pairs you."))
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
        jobs.wake_registrants()
        flash(_("You no longer take part in %(edition)s.", edition=edition_name(edition)))
    return redirect(url_for("editions.show", slug=slug))


def _say_joined(edition: Edition, *, has_place: bool) -> None:
    name = edition_name(edition)
    if has_place:
        flash(_("You take part in %(edition)s.", edition=name))
    else:
        text = _("Your side of %(edition)s is full: you are on the waiting list.", edition=name)
        flash(text, "warning")


def _say_not_consented() -> None:
    flash(_("To take part, tick that your profile may be shown on the other side."), "warning")


def _say_not_open(edition: Edition, error: NotOpen) -> None:
    name = edition_name(edition)
    if error.closed:
        text = _("Registration for %(edition)s has closed. Write to its organisers.", edition=name)
    else:
        text = _("Registration for %(edition)s is not open yet.", edition=name)
    flash(text, "warning")
