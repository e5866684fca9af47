"""What the columns of a file mean, asked once for a list and remembered; and its errors as CSV."""

import csv
import io
from collections.abc import Iterable

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.imports_columns import remembered
from services.imports_columns_check import ColumnsIncomplete, ColumnsTwice
from services.registrant_files import decide_columns
from services.registrant_report import report_of
from web.access import edition, organiser
from web.database import session
from web.forms.columns import columns_form, field_names
from web.import_words import sentence
from web.routes.editions.base import blueprint
from web.routes.editions.people_import import found_file, go_on


@blueprint.get("/<slug>/people/import/<int:file_id>/columns")
@organiser
def file_columns(slug: str, file_id: int) -> ResponseReturnValue:
    """Ask what each column means; what is known or likely is chosen already."""
    row = found_file(file_id)
    if not row.columns:
        return redirect(url_for("editions.people_import", slug=slug, file_id=file_id))
    known = remembered(session(), edition().id, row.source)
    form = columns_form([name for name, _ in row.columns], known)
    return render_template("editions/people_columns.html", edition=edition(), file=row, form=form)


@blueprint.post("/<slug>/people/import/<int:file_id>/columns")
@organiser
def choose_columns(slug: str, file_id: int) -> ResponseReturnValue:
    """Remember the answer and check the file."""
    row = found_file(file_id)
    form = columns_form([name for name, _ in row.columns], {})
    try:
        if not form.validate_on_submit():
            raise ColumnsIncomplete(())
        decide_columns(session(), row, form.chosen())
    except ColumnsIncomplete as error:
        missing = ", ".join(str(field_names()[name]) for name in error.missing)
        form.form_errors.append(
            _("Everybody needs these; choose a column for: %(fields)s.", fields=missing)
        )
    except ColumnsTwice as error:
        twice = ", ".join(str(field_names()[name]) for name in error.fields)
        form.form_errors.append(_("Only one column can be: %(fields)s.", fields=twice))
    else:
        flash(_("What the columns mean is remembered for the next file of this list."))
        return go_on(row)
    page = render_template("editions/people_columns.html", edition=edition(), file=row, form=form)
    return page, 422


@blueprint.get("/<slug>/people/import/<int:file_id>/errors.csv")
@organiser
def file_errors(slug: str, file_id: int) -> ResponseReturnValue:
    """Give the problems of a file as a table to mend it by, in the reader's language."""
    report = report_of(found_file(file_id))
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([_("Row"), _("Column"), _("What is wrong, and what to do")])
    for one in report.errors:
        column = report.column(one.field) or _("the whole line")
        # No cell may be taken for a formula: a column's name is the sender's.
        table.writerow([one.line, column.lstrip("=+-@\t\r"), sentence(one.code, one.values)])
    # Excel takes UTF-8 for Korean only with its mark.
    headers = {"Content-Disposition": f'attachment; filename="{edition().slug}-errors.csv"'}
    return Response("\ufeff" + text.getvalue(), headers=headers, mimetype="text/csv")


def _said(fields: Iterable[str]) -> str:
    return ", ".join(str(field_names()[name]) for name in fields)
