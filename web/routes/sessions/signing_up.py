"""Signing up for a session, and giving the place back."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.session_letters import GOT_PLACE, tell_guests
from services.session_places import NoSignUp, SessionClash, give_back, sign_up
from services.session_times import WAITING
from web import jobs
from web.access import signed_in
from web.clock import now
from web.database import session
from web.desk import desk
from web.routes.meetings.base import my_id
from web.routes.sessions.base import blueprint, reader_place, shown_session
from web.session_words import sign_up_words


@blueprint.post("/sessions/<int:session_id>/sign-up")
@signed_in
def sign_up_now(session_id: int) -> ResponseReturnValue:
    """Take a place, or the end of the waiting list."""
    row, edition = shown_session(session_id)
    place = reader_place(edition)
    if place is None:
        abort(404)
    back = redirect(url_for("sessions.show", session_id=session_id))
    try:
        found = sign_up(session(), row, place, now())
    except NoSignUp as error:
        flash(sign_up_words(error.reason), "warning")
        return back
    except SessionClash:
        flash(_("You have a meeting or another session then. Give that up first."), "warning")
        return back
    session().commit()
    flash(
        _("You are on the waiting list. We write to you as soon as a place is yours.")
        if found.state == WAITING
        else _("You have a place. Nobody can book you for a meeting then.")
    )
    return back


@blueprint.post("/sessions/<int:session_id>/give-back")
@signed_in
def give_back_now(session_id: int) -> ResponseReturnValue:
    """Give the place back; whoever waits first gets it and is told."""
    row, _edition = shown_session(session_id)
    back = redirect(url_for("sessions.show", session_id=session_id))
    try:
        moved_up = give_back(session(), row, my_id(), now())
    except NoSignUp as error:
        flash(sign_up_words(error.reason), "warning")
        return back
    tell_guests(session(), desk().write, row, GOT_PLACE, moved_up, now())
    session().commit()
    if moved_up:
        jobs.wake_mail()
    flash(_("You gave your place back."))
    return back
