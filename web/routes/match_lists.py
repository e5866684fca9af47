"""The match list of a round, to take home: in which columns, and in which format."""

from flask import Response, flash, redirect, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaking.export import MatchList
from matchmaking.export_columns import CONTACT_KEYS, without_contact
from models import Round
from services.list_columns import list_columns, remember_columns
from services.list_exports import note_export
from services.match_list import (
    NothingScheduled,
    RoundNotDone,
    match_list,
    round_to_list,
)
from services.match_list_counts import list_counts
from services.rounds import find_round
from services.sheet_file import TextTooLong
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.downloads import attachment
from web.forms.match_lists import ColumnsForm
from web.limits import limiter
from web.login import account_id
from web.match_list_file import TYPES, list_pieces
from web.routes.rounds import blueprint

__all__ = ["blueprint"]

_FORMATS = f"<any({', '.join(TYPES)}):kind>"
_FILE = f"/<slug>/rounds/<int:number>/match-list.{_FORMATS}"
_PAGE = "/<slug>/rounds/<int:number>/match-list"


@blueprint.get(_PAGE)
@organiser
def match_lists(slug: str, number: int) -> ResponseReturnValue:
    """Show the formats, and the form that chooses columns."""
    row = find_round(session(), edition(), number)
    if row.state != "done":
        return redirect(url_for("rounds.show", slug=slug, number=number))
    return _page(row, ColumnsForm().for_edition(edition(), _chosen()))


@blueprint.post(_PAGE)
@organiser
def choose_columns(slug: str, number: int) -> ResponseReturnValue:
    """Keep the columns for this edition's lists."""
    row = find_round(session(), edition(), number)
    form = ColumnsForm().for_edition(edition(), None)
    if not form.validate_on_submit():
        return _page(row, form), 422
    remember_columns(session(), edition().id, account_id(), form.columns.data or (), now())
    session().commit()
    flash(_("Your lists of this edition have these columns from now on."))
    return redirect(url_for("rounds.match_lists", slug=slug, number=number))


@blueprint.get(_FILE)
@organiser
@limiter.limit("60 per minute")
def match_list_file(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """Download the list, without what tells how to reach somebody."""
    return _download(number, kind, without_contact(_chosen()))


@blueprint.post(_FILE)
@organiser
@limiter.limit("60 per minute")
def match_list_with_contacts(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """Download the list with the addresses of those who agreed; it is written down."""
    return _download(number, kind, _chosen())


def _chosen() -> tuple[str, ...]:
    return list_columns(session(), edition().id, account_id())


def _page(row: Round, form: ColumnsForm) -> str:
    chosen = _chosen()
    return render_template(
        "rounds/match_list.html",
        edition=edition(),
        round=row,
        form=form,
        counts=list_counts(session(), edition(), row),
        contacts=bool(CONTACT_KEYS & set(chosen)),
    )


def _download(number: int, kind: str, keys: tuple[str, ...]) -> ResponseReturnValue:
    back = redirect(url_for("rounds.match_lists", slug=edition().slug, number=number))
    try:
        row = round_to_list(session(), edition(), number)
        matches = match_list(session(), edition(), row)
        if CONTACT_KEYS & set(keys):
            # Committed before the file is made, so that nobody waits to write meanwhile.
            note_export(session(), row, kind, keys, now(), actor_id=account_id())
            session().commit()
        return _file(matches, kind, keys)
    except RoundNotDone:
        return redirect(url_for("rounds.show", slug=edition().slug, number=number))
    except NothingScheduled:
        flash(_("No pair of this round has a meeting yet. Place its meetings first."), "warning")
        return back
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
        return back


def _file(matches: MatchList, kind: str, keys: tuple[str, ...]) -> Response:
    pieces = list_pieces(kind, matches, edition(), keys)
    name = f"ieum-{edition().slug}-round-{matches.round}.{kind}"
    return attachment(stream_with_context(pieces), TYPES[kind], name)
