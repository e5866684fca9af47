"""Schedules to print: asked for here, made by the worker, fetched when they are done; and .ics."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from models.schedule_print import PRINT_KINDS
from services.board_entries import board_entries
from services.schedule_prints import DONE, ask_for_print, find_print, prints_of
from services.session_entries import edition_entries
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.edition_words import edition_name
from web.letters import link_base
from web.locale import page_language
from web.meeting_words import Entry, as_calendar
from web.routes.meetings.calendar import CALENDAR
from web.routes.schedule.base import blueprint


@blueprint.get("/prints")
@organiser
def prints(slug: str) -> ResponseReturnValue:
    """List the files, and how far those are that are being made."""
    del slug
    return render_template(
        "schedule/prints.html", edition=edition(), files=prints_of(session(), edition())
    )


@blueprint.post("/prints")
@organiser
def ask_print(slug: str) -> ResponseReturnValue:
    """Ask for a file in the language of the page."""
    kind = request.form.get("kind", "")
    if kind not in PRINT_KINDS:
        raise BadRequest
    ask_for_print(session(), edition(), kind, page_language(), now())
    session().commit()
    jobs.wake_prints()
    return redirect(url_for("schedule.prints", slug=slug))


@blueprint.get("/prints/<int:print_id>/progress")
@organiser
def print_progress(slug: str, print_id: int) -> ResponseReturnValue:
    """Tell how far one file is; asked for every two seconds while it is being made."""
    del slug
    row = find_print(session(), edition(), print_id)
    return render_template("schedule/_print.html", edition=edition(), file=row)


@blueprint.get("/prints/<int:print_id>/schedule.pdf")
@organiser
def print_file(slug: str, print_id: int) -> ResponseReturnValue:
    """Give a file that is done."""
    row = find_print(session(), edition(), print_id)
    if row.state != DONE or row.content is None:
        abort(404)
    name = f"{slug}-{row.kind}-{row.language}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(row.content, headers=headers, mimetype="application/pdf")


@blueprint.get("/schedule.ics")
@organiser
def calendar(slug: str) -> ResponseReturnValue:
    """Give every meeting and session of the edition as one calendar."""
    entries: list[Entry] = [
        *board_entries(session(), edition()),
        *edition_entries(session(), edition()),
    ]
    text = as_calendar(
        entries, link_base(), name=_("Ieum: %(edition)s", edition=edition_name(edition()))
    )
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return Response(text, headers=headers, content_type=CALENDAR)
