"""A consortium to take home: XLSX, PDF and JSON; contact by consent only."""

import json
from collections.abc import Iterator
from pathlib import Path

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from services.consortium_access import Workspace
from services.consortium_entities import Entity, entities_in
from services.consortium_export import PartnerRow, as_file, partner_rows
from services.consortium_rules import standing
from services.errors import NotFound
from services.mutual_interest import Contact
from web.access import signed_in
from web.consortium_files import cells, columns, joined_pdf, workbook
from web.database import session
from web.downloads import attachment
from web.limits import limiter
from web.partner_sheets import partner_sheet
from web.routes.consortia.base import blueprint, opened, viewer
from web.sheet_pdf import PdfToolMissing, one_page_pdf

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<int:consortium_id>/partners.xlsx")
@signed_in
def export_xlsx(consortium_id: int) -> ResponseReturnValue:
    """Give the partners as a workbook."""
    at, _entities, rows = _read(consortium_id)
    return _download(at, workbook(rows), "xlsx", _XLSX)


@blueprint.get("/<int:consortium_id>/partners.json")
@signed_in
def export_json(consortium_id: int) -> ResponseReturnValue:
    """Give the partners as JSON, which ``rules check`` reads."""
    at, _entities, rows = _read(consortium_id)
    text = json.dumps(as_file(at, rows), ensure_ascii=False, indent=1)
    return _download(at, text.encode(), "json", "application/json")


@blueprint.get("/<int:consortium_id>/partners.pdf")
@signed_in
@limiter.limit("10 per minute")
def export_pdf(consortium_id: int) -> ResponseReturnValue:
    """Give the partners as a PDF, with the sheet of everybody who joined behind it."""
    at, entities, rows = _read(consortium_id)
    found = standing(session(), at, entities)

    def render(_limit: int) -> str:
        return render_template(
            "sheets/consortium.html",
            at=at,
            columns=columns(),
            rows=[cells(row) for row in rows],
            standing=found,
        )

    try:
        first = one_page_pdf(render, (1,), Path(str(current_app.static_folder)))
        pdf = joined_pdf(first, _sheets(entities, rows))
    except PdfToolMissing:
        return render_template("consortia/pdf_missing.html", at=at), 503
    return _download(at, pdf, "pdf", "application/pdf")


def _read(consortium_id: int) -> tuple[Workspace, list[Entity], list[PartnerRow]]:
    at = opened(consortium_id)
    entities = entities_in(session(), at, viewer())
    return at, entities, partner_rows(session(), at, entities)


def _sheets(entities: list[Entity], rows: list[PartnerRow]) -> Iterator[bytes]:
    counted = [one for one in entities if one.counts]
    for one, row in zip(counted, rows, strict=True):
        if one.member.profile_id is None or one.member.state != "joined":
            continue
        contact = Contact(row.contact, "") if row.contact else None
        try:
            yield partner_sheet(session(), viewer(), one.member.profile_id, contact)
        except NotFound:
            continue


def _download(at: Workspace, data: bytes, ending: str, kind: str) -> Response:
    name = f"ieum-consortium-{at.consortium.id}.{ending}"
    return attachment([data], kind, name)
