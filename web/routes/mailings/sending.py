"""Sending a mailing, once; stopping it; and sending it to those whom it did not reach."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.mailing_sending import AlreadySent, cancel_mailing, send_again, send_mailing
from web import jobs
from web.access import organiser
from web.clock import now
from web.database import session
from web.login import account_id
from web.routes.mailings.base import blueprint, mailing, to_mailing


@blueprint.post("/<int:number>/send")
@organiser
def send(slug: str, number: int) -> ResponseReturnValue:
    """Send a draft as it was shown; a second press, or a second organiser, sends nothing."""
    row = mailing(number)
    if request.form.get("seen") != row.changed_at.isoformat():
        flash(_("Somebody changed this mailing meanwhile. Look at it again, then send."), "warning")
        return to_mailing(number)
    try:
        send_mailing(session(), row, now(), actor_id=account_id())
    except AlreadySent:
        flash(_("This mailing is on its way already; nobody gets it twice."), "warning")
        return to_mailing(number)
    session().commit()
    jobs.wake_mailings()
    return to_mailing(number)


@blueprint.post("/<int:number>/again")
@organiser
def again(slug: str, number: int) -> ResponseReturnValue:
    """Send it to those who have not got it."""
    try:
        send_again(session(), mailing(number), now(), actor_id=account_id())
    except AlreadySent:
        flash(_("This mailing is on its way already; nobody gets it twice."), "warning")
        return to_mailing(number)
    session().commit()
    jobs.wake_mailings()
    return to_mailing(number)


@blueprint.post("/<int:number>/cancel")
@organiser
def cancel(slug: str, number: int) -> ResponseReturnValue:
    """Stop it: whoever has not got it yet does not get it."""
    stopped = cancel_mailing(session(), mailing(number), now(), actor_id=account_id())
    session().commit()
    if not stopped:
        flash(_("It was over already: everybody has got it."), "warning")
    return to_mailing(number)
