"""Bringing people in from a file: understood and checked first, taken in by a second press."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from models import RegistrantFile
from services.errors import NotFound
from services.imports_report import UnreadableFile
from services.jobs import worker_is_there
from services.registrant_file_run import run_file
from services.registrant_files import (
    NotReadyToTake,
    ask_to_take,
    discard_file,
    find_file,
    waiting_files,
)
from services.registrant_report import report_of
from services.registrant_upload import Upload, receive
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.forms.columns import field_names
from web.forms.editions import PeopleFileForm
from web.htmx import wants_part
from web.import_words import sentence
from web.limits import limiter
from web.login import account_id
from web.registrant_work import file_work
from web.routes.editions.base import blueprint

AT_ONCE = 512 * 1024
"""A larger file is the worker's: a request ends within seconds."""


@blueprint.get("/<slug>/people/import")
@organiser
def people_file(slug: str) -> ResponseReturnValue:
    """Ask for the file."""
    return _form_page(PeopleFileForm(formdata=None, data={"listed_as": request.args.get("list")}))


@blueprint.post("/<slug>/people/import")
@organiser
@limiter.limit("30 per minute")
def check_people(slug: str) -> ResponseReturnValue:
    """Keep the file, and see what it would do."""
    form = PeopleFileForm()
    if not form.validate_on_submit():
        return _form_page(form), 422
    file: FileStorage = form.file.data
    upload = Upload(file.filename or "file", file.read(), form.listed_as.data or "")
    try:
        row = receive(session(), edition(), upload, account_id(), now())
    except UnreadableFile as error:
        form.file.errors = [sentence(error.problem.code, error.problem.values)]
        return _form_page(form), 422
    return go_on(row)


@blueprint.get("/<slug>/people/import/<int:file_id>")
@organiser
def people_import(slug: str, file_id: int) -> ResponseReturnValue:
    """Show where a file stands: its columns to be named, its check under way, what it would do."""
    row = found_file(file_id)
    if row.state == "columns":
        return redirect(url_for("editions.file_columns", slug=slug, file_id=file_id))
    under_way = row.state in ("checking", "taking")
    if wants_part():
        part = render_template("editions/_people_import.html", edition=edition(), file=row)
        return part, 200, {} if under_way else {"HX-Refresh": "true"}
    return render_template(
        "editions/people_import.html",
        edition=edition(),
        file=row,
        under_way=under_way,
        report=report_of(row),
        sentence=sentence,
        names=field_names(),
        form=PeopleFileForm(formdata=None, data={"listed_as": listed_as(row)}),
        worker=worker_is_there(session(), now()),
    )


@blueprint.post("/<slug>/people/import/<int:file_id>/take")
@organiser
@limiter.limit("30 per minute")
def take_people(slug: str, file_id: int) -> ResponseReturnValue:
    """Take the people in from a file that was checked."""
    row = found_file(file_id)
    try:
        ask_to_take(session(), row)
    except NotReadyToTake:
        flash(_("Look at the file once more: it is not ready to be taken in."), "warning")
        session().rollback()
        return redirect(url_for("editions.people_import", slug=slug, file_id=file_id))
    return go_on(row)


@blueprint.post("/<slug>/people/import/<int:file_id>/discard")
@organiser
def discard_people(slug: str, file_id: int) -> ResponseReturnValue:
    """Delete the file; a check under way ends with it."""
    discard_file(session(), found_file(file_id))
    session().commit()
    flash(_("The file is deleted. Nothing was changed."))
    return redirect(url_for("editions.people_file", slug=slug))


def go_on(row: RegistrantFile) -> ResponseReturnValue:
    """Commit; do what waits for this file at once if it is small, else leave it to the worker."""
    slug, file_id, waits = edition().slug, row.id, row.state in ("checking", "taking")
    at_once = row.size <= AT_ONCE or not worker_is_there(session(), now())
    session().commit()
    if waits and at_once:
        run_file(file_work(note_progress=False), file_id)
        jobs.wake_encoding()
    if waits:
        jobs.wake_registrants()
    return redirect(url_for("editions.people_import", slug=slug, file_id=file_id))


def found_file(file_id: int) -> RegistrantFile:
    """Give a file of this edition; one that is gone is not found."""
    try:
        return find_file(session(), edition().id, file_id)
    except NotFound:
        abort(404)


def listed_as(row: RegistrantFile) -> str:
    """Give the name of the list that a file belongs to; empty for the edition's own."""
    return row.source.partition(":")[2]


def _form_page(form: PeopleFileForm) -> str:
    return render_template(
        "editions/people_file.html",
        edition=edition(),
        form=form,
        waiting=waiting_files(session(), edition().id),
    )
