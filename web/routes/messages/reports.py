"""Reported messages, for organisers."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from services.message_reports import REMOVED, decide, open_reports
from web.access import organiser
from web.clock import now
from web.database import session
from web.login import account_id
from web.routes.messages.base import blueprint


@blueprint.get("/reports")
@organiser
def reports() -> ResponseReturnValue:
    """List the reports that wait: of each, the one message."""
    found = open_reports(session(), current_user.permissions)
    return render_template("messages/reports.html", reports=found)


@blueprint.post("/reports/<int:report_id>")
@organiser
def decide_report(report_id: int) -> ResponseReturnValue:
    """Remove the message, or let it stand."""
    outcome = request.form.get("outcome", "")
    decide(session(), current_user.permissions, account_id(), report_id, outcome, now())
    session().commit()
    flash(_("The message is removed.") if outcome == REMOVED else _("The message stays."))
    return redirect(url_for("messages.reports"))
