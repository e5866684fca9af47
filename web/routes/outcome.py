"""What came of an edition: a page for its organisers, and the report for its funder."""

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaking.export_text import Cell
from models import Field
from services.fields import all_fields
from services.outcome import OutcomeReport, outcome_report
from services.sheet_file import Sheet, write_workbook
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.downloads import attachment
from web.edition_words import edition_name
from web.limits import limiter
from web.locale import LANGUAGES, speaking
from web.match_list_file import TYPES, whole
from web.outcome_method import hidden_sentence, methods
from web.outcome_words import WordedTable, worded_tables
from web.sheet_pdf import PdfToolMissing, tagged_pdf

blueprint = Blueprint("outcome", __name__, url_prefix="/organise/<slug>/outcome")
_LANGUAGE = f"<any({', '.join(LANGUAGES)}):language>"
_UNTOLD = "–"


@blueprint.get("/")
@organiser
def show(slug: str) -> ResponseReturnValue:
    """Show what came of an edition, in numbers."""
    report, tables = _report()
    return render_template(
        "outcome/show.html",
        edition=edition(),
        report=report,
        tables=tables,
        methods=methods(report),
        hidden_sentence=hidden_sentence(),
    )


@blueprint.get(f"/report-{_LANGUAGE}.pdf")
@organiser
@limiter.limit("20 per minute")
def report_pdf(slug: str, language: str) -> ResponseReturnValue:
    """Download the report for reading and printing, in either language."""
    with speaking(language):
        report, tables = _report()
        html = render_template(
            "outcome/report.html",
            edition=edition(),
            report=report,
            tables=tables,
            methods=methods(report),
        )
    try:
        pdf = tagged_pdf(html, Path(str(current_app.static_folder)), "report.css")
    except PdfToolMissing:
        back = url_for("outcome.show", slug=slug)
        return render_template("sheets/missing.html", back=back), 503
    return attachment([pdf], TYPES["pdf"], _name(language, "pdf"))


@blueprint.get(f"/report-{_LANGUAGE}.xlsx")
@organiser
@limiter.limit("20 per minute")
def report_xlsx(slug: str, language: str) -> Response:
    """Download the report for a spreadsheet: a sheet for each table, and how it was counted."""
    with speaking(language):
        report, tables = _report()
        sheets = [Sheet(_sheet_name(one), one.head, _rows(one)) for one in tables]
        told = [(sentence,) for sentence in methods(report)]
        sheets.append(Sheet(_("Method"), (_("How it was counted"),), told))
        title = f"{edition_name(edition())}: {_('Outcome')}"
    pieces = whole(lambda file: write_workbook(file, sheets, title=title, made_at=report.at))
    return attachment(pieces, TYPES["xlsx"], _name(language, "xlsx"))


def _report() -> tuple[OutcomeReport, list[WordedTable]]:
    report = outcome_report(session(), edition(), now())
    fields: Sequence[Field] = all_fields(session())
    return report, worded_tables(report, edition(), fields)


def _rows(table: WordedTable) -> list[tuple[Cell, ...]]:
    return [
        (label, *(_UNTOLD if value is None else value for value in values))
        for label, values in table.rows
    ]


def _sheet_name(table: WordedTable) -> str:
    """Name a sheet within the 31 characters that Excel allows."""
    return table.title[:31]


def _name(language: str, ending: str) -> str:
    return f"ieum-{edition().slug}-outcome-{language}.{ending}"
