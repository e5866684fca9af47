"""Bringing people in from a file: checked first, taken in by a second press."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.imports_files import profile_rows
from services.imports_profiles import import_profiles
from services.imports_report import ImportReport
from web import jobs, uploads
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.forms.editions import PeopleFileForm
from web.import_words import sentence
from web.limits import limiter
from web.routes.editions.base import blueprint


@blueprint.get("/<slug>/people/import")
@organiser
def people_file(slug: str) -> ResponseReturnValue:
    """Ask for the file."""
    return _page(PeopleFileForm())


@blueprint.post("/<slug>/people/import")
@organiser
@limiter.limit("30 per minute")
def check_people(slug: str) -> ResponseReturnValue:
    """Keep the file and tell what it would do."""
    form = PeopleFileForm()
    if not form.validate_on_submit():
        return _page(form), 422
    name = uploads.keep(form.file.data)
    report = _run(name, dry_run=True)
    if report is None or report.errors:
        uploads.drop(name)
        return _page(form, report, uploads.shown_name(name)), 422
    return render_template(
        "editions/people_check.html",
        edition=edition(),
        name=name,
        shown_name=uploads.shown_name(name),
        report=report,
    )


@blueprint.post("/<slug>/people/import/take")
@organiser
@limiter.limit("30 per minute")
def take_people(slug: str) -> ResponseReturnValue:
    """Take the people in from the file that was checked."""
    name = request.form.get("name", "")
    report = _run(name, dry_run=False)
    if report is None:
        flash(_("The file is no longer here: choose it again."), "warning")
        return redirect(url_for("editions.people_file", slug=slug))
    uploads.drop(name)
    if report.errors:
        return _page(PeopleFileForm(formdata=None), report, ""), 422
    session().commit()
    jobs.wake_encoding()
    count = report.added + report.updated
    flash(ngettext("%(num)s person was taken in.", "%(num)s people were taken in.", count))
    return redirect(url_for("editions.people", slug=slug))


def _run(name: str, *, dry_run: bool) -> ImportReport | None:
    path = uploads.find(name)
    if path is None:
        return None
    return import_profiles(
        session(),
        profile_rows(path),
        source=edition().slug,
        now=now(),
        edition=edition(),
        dry_run=dry_run,
    )


def _page(form: PeopleFileForm, report: ImportReport | None = None, name: str = "") -> str:
    problems = (
        [(p.line, p.field, sentence(p.code, p.values)) for p in report.errors] if report else []
    )
    return render_template(
        "editions/people_file.html", edition=edition(), form=form, problems=problems, name=name
    )
