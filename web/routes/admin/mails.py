"""Mails that did not go out."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.mail import INTERRUPTED, NotResendable, given_up, resend
from web import jobs
from web.access import administrator
from web.account_words import sentence
from web.clock import now
from web.database import session
from web.routes.admin.base import blueprint


@blueprint.get("/admin/mails")
@administrator
def mails() -> ResponseReturnValue:
    """List what was refused or interrupted, with the server's words."""
    found = given_up(session())
    return render_template("admin/mails.html", mails=found, interrupted=INTERRUPTED)


@blueprint.post("/admin/mails/<int:mail_id>/resend")
@administrator
def resend_mail(mail_id: int) -> ResponseReturnValue:
    """Try once more; if a mail was interrupted, it may arrive a second time."""
    try:
        resend(session(), mail_id, now())
    except NotResendable as error:
        flash(sentence(error), "warning")
    else:
        session().commit()
        jobs.wake_mail()
        flash(_("The mail is in the queue again."))
    return redirect(url_for("admin.mails"))
