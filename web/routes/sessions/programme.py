"""The whole programme of an edition on one page, to read and to print."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from services.meeting_list import lines_of
from services.programme import programme_of
from services.schedule_sheets import person_sheets
from services.session_list import session_lines
from web.access import public, signed_in
from web.clock import now
from web.database import session
from web.limits import limiter
from web.locale import page_language
from web.programme_page import programme_days
from web.routes.editions.base import shown_edition
from web.routes.sessions.base import blueprint, reader_of, reader_place
from web.schedule_pdf import sheets_pdf
from web.sheet_pdf import PdfToolMissing


@blueprint.get("/editions/<slug>/programme")
@public
def programme(slug: str) -> ResponseReturnValue:
    """Show the programme, with the reader's own meetings and sessions in it."""
    del slug
    edition = shown_edition()
    place = reader_place(edition)
    mine = place.profile_id if place else None
    lines = lines_of(session(), mine, now()) if mine else []
    reader = reader_of(edition, place)
    return render_template(
        "sessions/programme.html",
        edition=edition,
        place=place,
        zones=reader.zones,
        days=programme_days(
            programme_of(edition).slots,
            session_lines(session(), edition.id, mine),
            [line for line in lines if line.edition.id == edition.id],
            reader,
        ),
    )


@blueprint.get("/editions/<slug>/programme/mine.pdf")
@signed_in
@limiter.limit("20 per minute")
def own_sheet(slug: str) -> ResponseReturnValue:
    """Give the reader's own meetings and sessions as a PDF."""
    edition = shown_edition()
    place = reader_place(edition)
    if place is None:
        abort(404)
    sheets = person_sheets(session(), edition, [place.profile_id])
    try:
        pdf = sheets_pdf(edition, "people", sheets, page_language())
    except PdfToolMissing:
        return render_template("sheets/missing.html", profile_id=place.profile_id), 503
    headers = {"Content-Disposition": f'attachment; filename="{slug}.pdf"'}
    return Response(pdf, headers=headers, mimetype="application/pdf")
