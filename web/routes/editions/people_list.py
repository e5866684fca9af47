"""The list of participants, to take home as CSV or XLSX."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from matchmaking.export_text import csv_pieces
from models import Edition
from models.database import reading
from services.registrant_list import (
    note_registrant_list,
    registrant_columns,
    registrant_rows,
    sources_of,
)
from services.sheet_file import Sheet, TextTooLong, write_workbook
from web.access import edition, organiser
from web.clock import now
from web.database import engine, session
from web.downloads import attachment
from web.forms.registrant_list import RegistrantListForm
from web.limits import limiter
from web.login import account_id
from web.match_list_file import TYPES, whole
from web.routes.editions.base import blueprint


@blueprint.get("/<slug>/people/list")
@organiser
def people_list(slug: str) -> ResponseReturnValue:
    """Ask for whom, and whether with addresses."""
    return _page(RegistrantListForm().for_sources(sources_of(session(), edition().id)))


@blueprint.post("/<slug>/people/list")
@organiser
@limiter.limit("20 per minute")
def take_people_list(slug: str) -> ResponseReturnValue:
    """Download the list; with addresses it is written down who took it."""
    form = RegistrantListForm().for_sources(sources_of(session(), edition().id))
    if not form.validate_on_submit():
        return _page(form), 422
    kind = form.kind.data
    if form.addresses.data:
        note_registrant_list(session(), edition().id, kind, now(), actor_id=account_id())
    # Nobody waits for this request to write while it reads ten thousand people.
    session().commit()
    try:
        with reading(engine())() as source:
            pieces = _pieces(source, edition(), form)
    except TextTooLong as error:
        flash(
            _(
                "A cell of the workbook would hold too much: %(column)s in row %(row)s. Take the"
                " CSV instead.",
                column=error.column,
                row=error.row,
            ),
            "warning",
        )
        return redirect(url_for("editions.people_list", slug=slug))
    return attachment(pieces, TYPES[kind], f"ieum-{slug}-people.{kind}")


def _page(form: RegistrantListForm) -> str:
    return render_template("editions/people_list.html", edition=edition(), form=form)


def _pieces(source: Session, of: Edition, form: RegistrantListForm) -> Iterator[bytes]:
    addresses = bool(form.addresses.data)
    columns = registrant_columns(addresses=addresses)
    rows = registrant_rows(source, of, source=form.who.data, addresses=addresses)
    if form.kind.data == "csv":
        return whole(lambda file: file.writelines(csv_pieces(columns, rows)))
    sheet = Sheet("people", columns, rows)
    return whole(lambda file: write_workbook(file, [sheet], title=of.slug, made_at=of.created_at))
