"""The board: a day's meetings by slot and table, and the pairs that have none."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from services.board import board_meetings, count_in, counts_of
from services.board_plan import board_round
from services.board_unplaced import unplaced_of
from services.programme import programme_of
from web.access import edition, organiser
from web.board_page import MOST_COLUMNS, board_days, chosen_day, slot_rows
from web.clock import now
from web.database import session
from web.routes.schedule.base import blueprint, its_round, names_for

_PAGE = 100


@blueprint.get("")
@organiser
def board(slug: str) -> ResponseReturnValue:
    """Show one day of the board."""
    del slug
    programme = programme_of(edition())
    days = board_days(edition(), programme.slots)
    day = chosen_day(days, request.args.get("day", ""), now())
    tables = programme.tables or 0
    grid = 0 < tables <= MOST_COLUMNS
    page = max(request.args.get("page", 1, int), 1)
    total = count_in(session(), edition(), day.span) if day and not grid else 0
    cut = {} if grid else {"limit": _PAGE, "start": (page - 1) * _PAGE}
    found = board_meetings(session(), edition(), day.span, now(), **cut) if day else []
    return render_template(
        "schedule/board.html",
        edition=edition(),
        round=board_round(session(), edition()),
        counts=counts_of(session(), edition(), now()),
        days=days,
        day=day,
        tables=tables if grid else 0,
        rows=slot_rows(edition(), day.slots, tables if grid else 0, found, now()) if day else [],
        names=names_for(found),
        blocked=sum(bool(one.blocks) for one in found),
        page=page,
        pages=max(1, -(-total // _PAGE)),
    )


@blueprint.get("/unplaced")
@organiser
def unplaced(slug: str) -> ResponseReturnValue:
    """List the pairs of the round without a meeting, and why."""
    del slug
    row = its_round()
    page = max(request.args.get("page", 1, int), 1)
    found = unplaced_of(session(), edition(), row, now(), limit=_PAGE, start=(page - 1) * _PAGE)
    return render_template(
        "schedule/unplaced.html",
        edition=edition(),
        round=row,
        found=found,
        page=page,
        pages=max(1, -(-found.total // _PAGE)),
    )
