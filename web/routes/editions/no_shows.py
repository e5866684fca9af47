"""Who did not come to the event, and what becomes of the meetings of theirs still to come."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.attendance import ABSENT, NotBegun, mark, no_shows, unmarked
from services.attendance_release import release
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.letters import write
from web.login import account_id
from web.registrant_words import done_words
from web.routes.editions.base import blueprint


@blueprint.post("/<slug>/check-in/missing")
@organiser
def mark_missing(slug: str) -> ResponseReturnValue:
    """Note that everybody whom nobody has seen did not come."""
    everybody = unmarked(session(), edition().id)
    try:
        found = mark(session(), edition(), everybody, ABSENT, now(), actor_id=account_id())
    except NotBegun:
        flash(_("Nobody can have stayed away before the event begins."), "warning")
    else:
        session().commit()
        flash(done_words("no-show", len(found)))
    return redirect(url_for("editions.check_in", slug=slug))


@blueprint.post("/<slug>/check-in/release")
@organiser
def release_missing(slug: str) -> ResponseReturnValue:
    """Call off what those who did not come were still to meet."""
    missing = no_shows(session(), edition().id)
    count = release(session(), edition(), missing, write, now(), actor_id=account_id())
    session().commit()
    jobs.wake_mail()
    flash(
        ngettext(
            "%(num)s meeting is called off, and the other person is told.",
            "%(num)s meetings are called off, and the others are told.",
            count,
        )
    )
    return redirect(url_for("editions.check_in", slug=slug))
