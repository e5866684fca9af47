"""Taking no more messages of somebody, and bringing one before the organisers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.errors import NotFound
from services.message_reports import message_to, report
from services.messages import block, unblock
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.messages import ReportForm
from web.limits import limiter
from web.routes.messages.base import blueprint, me


@blueprint.post("/<int:other_id>/block")
@signed_in
def block_now(other_id: int) -> ResponseReturnValue:
    """Take no more messages of somebody."""
    block(session(), me().id, other_id, now())
    session().commit()
    flash(_("You get no more messages of this person, who is not told."))
    return redirect(url_for("messages.index"))


@blueprint.post("/<int:other_id>/unblock")
@signed_in
def unblock_now(other_id: int) -> ResponseReturnValue:
    """Take messages of somebody again."""
    unblock(session(), me().id, other_id)
    session().commit()
    flash(_("You get messages of this person again."))
    return redirect(url_for("messages.show", other_id=other_id))


@blueprint.get("/report/<int:message_id>", endpoint="report")
@signed_in
def show_report(message_id: int) -> ResponseReturnValue:
    """Ask why, and tell what organisers will see."""
    return _page(message_id, ReportForm())


@blueprint.post("/report/<int:message_id>")
@signed_in
@limiter.limit("20 per hour")
def report_now(message_id: int) -> ResponseReturnValue:
    """Bring a message before the organisers."""
    form = ReportForm()
    if not form.validate_on_submit():
        return _page(message_id, form), 422
    message = report(session(), me().id, message_id, form.reason.data or "", now())
    session().commit()
    flash(_("The organisers will look at this message, and at no other."))
    return redirect(url_for("messages.show", other_id=message.sender_id))


def _page(message_id: int, form: ReportForm) -> str:
    found = message_to(session(), me().id, message_id)
    if found is None:
        raise NotFound("there is no such message")
    return render_template("messages/report.html", message=found, form=form)
