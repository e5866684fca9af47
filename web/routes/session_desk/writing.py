"""Writing a session, changing it, calling it off."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models import EditionSession
from services.meeting_links import BadLink
from services.session_list import session_line
from services.sessions import (
    PeopleClash,
    SessionOver,
    TooManyCome,
    cancel_session,
    change_session,
    create_session,
)
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.sessions import NoSuchHour, SessionForm
from web.login import account_id
from web.routes.session_desk.base import blueprint, its_session


@blueprint.get("/new")
@organiser
def new(slug: str) -> ResponseReturnValue:
    """Show an empty form; its day is the first of the forum."""
    del slug
    form = SessionForm().for_edition(edition())
    form.day.data = edition().starts_at.date()
    form.signs_up.data = True
    return _page(form)


@blueprint.post("/new")
@organiser
def create(slug: str) -> ResponseReturnValue:
    """Put a session into the programme."""
    form = SessionForm().for_edition(edition())
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        row = create_session(session(), edition(), form.draft(), now(), actor_id=account_id())
    except (BadLink, NoSuchHour) as error:
        return _refused(form, error)
    session().commit()
    flash(_("The session stands in the programme."))
    return redirect(url_for("session_desk.show", slug=slug, session_id=row.id))


@blueprint.get("/<int:session_id>/edit")
@organiser
def edit(slug: str, session_id: int) -> ResponseReturnValue:
    """Show a session in its form."""
    del slug
    row = its_session(session_id)
    form = SessionForm().for_edition(edition())
    form.fill(row)
    return _page(form, row)


@blueprint.post("/<int:session_id>/edit")
@organiser
def change(slug: str, session_id: int) -> ResponseReturnValue:
    """Change a session; whoever signed up is told of a new time, place or title."""
    row = its_session(session_id)
    form = SessionForm().for_edition(edition())
    if not form.validate_on_submit():
        return _page(form, row), 422
    try:
        waiting = change_session(
            session(),
            desk().write,
            row,
            form.draft(),
            now(),
            actor_id=account_id(),
            let_wait=bool(form.let_wait.data),
        )
    except (BadLink, NoSuchHour, TooManyCome, PeopleClash) as error:
        return _refused(form, error, row)
    except SessionOver:
        flash(_("This session is cancelled or over; it cannot be changed any more."), "warning")
        return _back(slug, session_id)
    session().commit()
    jobs.wake_mail()
    flash(_("Saved. Whoever signed up is told of a new time, place or title."))
    if waiting:
        flash(
            ngettext(
                "%(num)s person went onto the waiting list.",
                "%(num)s people went onto the waiting list.",
                waiting,
            ),
            "warning",
        )
    return _back(slug, session_id)


@blueprint.get("/<int:session_id>/cancel")
@organiser
def ask_to_cancel(slug: str, session_id: int) -> ResponseReturnValue:
    """Ask before a session is called off: how many people would be told."""
    del slug
    row = its_session(session_id)
    line = session_line(session(), row)
    return render_template("session_desk/cancel.html", edition=edition(), line=line)


@blueprint.post("/<int:session_id>/cancel")
@organiser
def cancel(slug: str, session_id: int) -> ResponseReturnValue:
    """Call a session off and tell everybody."""
    row = its_session(session_id)
    try:
        told = cancel_session(session(), desk().write, row, now(), actor_id=account_id())
    except SessionOver:
        flash(_("This session is cancelled or over; it cannot be changed any more."), "warning")
        return _back(slug, session_id)
    session().commit()
    jobs.wake_mail()
    flash(
        ngettext(
            "The session is cancelled, and %(num)s person is told.",
            "The session is cancelled, and %(num)s people are told.",
            told,
        )
    )
    return _back(slug, session_id)


def _refused(
    form: SessionForm, error: Exception, row: EditionSession | None = None
) -> ResponseReturnValue:
    """Show the form again, with what is wrong beside its field."""
    if isinstance(error, BadLink):
        form.link.errors = [
            _("Copy the whole address from your meeting service; it begins with https://.")
        ]
    elif isinstance(error, TooManyCome):
        form.capacity.errors = [
            _("%(number)s people have a place already: give at least so many.", number=error.coming)
        ]
    elif isinstance(error, PeopleClash):
        form.start.errors = [
            ngettext(
                "%(num)s person who comes has a meeting or another session then.",
                "%(num)s people who come have a meeting or another session then.",
                error.count,
            )
        ]
    else:
        form.start.errors = [_("The clocks are put forward that day and leave this hour out.")]
    return _page(form, row, clash=isinstance(error, PeopleClash)), 422


def _page(form: SessionForm, row: EditionSession | None = None, *, clash: bool = False) -> str:
    return render_template(
        "session_desk/edit.html", edition=edition(), form=form, row=row, clash=clash
    )


def _back(slug: str, session_id: int) -> ResponseReturnValue:
    return redirect(url_for("session_desk.show", slug=slug, session_id=session_id))
