"""What the pages of messages share."""

from flask import Blueprint, abort, render_template

from models import Profile
from services.calendars import reading_zone
from services.message_threads import thread
from services.messages import is_blocked, may_write
from services.people import person_lines
from services.profiles import own_profile
from web.database import session
from web.forms.messages import MessageForm
from web.login import account_id, viewer

blueprint = Blueprint("messages", __name__, url_prefix="/messages")


def me() -> Profile:
    """Give the profile of whoever is signed in; without one there are no messages."""
    found = own_profile(session(), account_id())
    if found is None:
        abort(404)
    return found


def thread_page(mine: Profile, other_id: int, form: MessageForm, page: int = 1) -> str:
    """Make the page of a thread; there is none with whom one neither wrote nor may write."""
    found = thread(session(), mine.id, other_id, page)
    writing = may_write(session(), mine.id, other_id)
    if not (found.messages or writing):
        abort(404)
    return render_template(
        "messages/show.html",
        other=person_lines(session(), [other_id], viewer())[other_id],
        thread=found,
        me_id=mine.id,
        zone=reading_zone(session(), mine.id),
        form=form,
        may_write=writing,
        blocked=is_blocked(session(), mine.id, other_id),
    )
