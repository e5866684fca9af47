"""The list of threads, and one thread."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.message_threads import mark_read, threads
from services.people import person_lines
from services.profiles import own_profile
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.messages import MessageForm
from web.login import account_id, viewer
from web.routes.messages.base import blueprint, me, thread_page


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """List with whom one writes, the latest first."""
    mine = own_profile(session(), account_id())
    found = threads(session(), mine.id, request.args.get("page", 1, int)) if mine else None
    ids = [one.other_id for one in found.items] if found else []
    return render_template(
        "messages/index.html",
        threads=found,
        people=person_lines(session(), ids, viewer()),
        me_id=mine.id if mine else None,
    )


@blueprint.get("/<int:other_id>")
@signed_in
def show(other_id: int) -> ResponseReturnValue:
    """Show what two people wrote to each other, a page at a time."""
    return thread_page(me(), other_id, MessageForm(), request.args.get("page", 1, int))


@blueprint.post("/<int:other_id>/read")
@signed_in
def mark_as_read(other_id: int) -> ResponseReturnValue:
    """Note that the messages were read; the page does it by itself where scripts run."""
    mark_read(session(), me().id, other_id, now())
    session().commit()
    if request.headers.get("HX-Request"):
        return ""
    return redirect(url_for("messages.show", other_id=other_id))
