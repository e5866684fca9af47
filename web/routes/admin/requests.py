"""Requests to be a coordinator, for organisers and administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.role_requests import AlreadyAnswered, Answer, answer, open_requests
from web import jobs
from web.access import organiser
from web.account_words import sentence
from web.clock import now
from web.database import session
from web.desk import desk
from web.login import account_id
from web.routes.admin.base import blueprint

GRANT = "grant"


@blueprint.get("/requests")
@organiser
def requests() -> ResponseReturnValue:
    """List the requests that wait."""
    return render_template("admin/requests.html", requests=open_requests(session()))


@blueprint.post("/requests/<int:request_id>")
@organiser
def answer_request(request_id: int) -> ResponseReturnValue:
    """Grant or decline, and mail the person."""
    granted = request.form.get("answer") == GRANT
    try:
        answer(session(), desk().write, Answer(request_id, account_id(), granted), now())
    except AlreadyAnswered as error:
        flash(sentence(error), "warning")
    else:
        session().commit()
        jobs.wake_mail()
        flash(_("Granted; a mail says so.") if granted else _("Declined; a mail says so."))
    return redirect(url_for("admin.requests"))
