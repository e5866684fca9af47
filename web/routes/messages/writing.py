"""Writing a message."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.message_threads import mark_read
from services.messages import NoMessages, TooManyMessages, send
from web import jobs
from web.access import signed_in
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.messages import MessageForm
from web.limits import limiter
from web.routes.messages.base import blueprint, me, thread_page


@blueprint.post("/<int:other_id>")
@signed_in
@limiter.limit("60 per hour")
def write(other_id: int) -> ResponseReturnValue:
    """Send a message; what cannot be sent stays on the page as it was typed."""
    form, mine = MessageForm(), me()
    if not form.validate_on_submit():
        return thread_page(mine, other_id, form), 422
    try:
        send(session(), desk().write, mine, other_id, form.text.data, now())
    except NoMessages:
        form.text.errors = [_("This person does not take messages.")]
        return thread_page(mine, other_id, form), 422
    except TooManyMessages:
        form.text.errors = [
            _("You have written a lot. Wait for an answer, or try again in an hour.")
        ]
        return thread_page(mine, other_id, form), 429
    # Whoever answers has read.
    mark_read(session(), mine.id, other_id, now())
    session().commit()
    jobs.wake_mail()
    return redirect(url_for("messages.show", other_id=other_id, _anchor="latest"))
