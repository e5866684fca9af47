"""Moving one meeting, taking it away, and placing a pair by hand."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaking.free_time import Span
from models import Meeting
from services.board import board_meeting, board_people, described
from services.board_around import Around, Block, read_around
from services.board_moves import (
    Blocked,
    ChangedMeanwhile,
    NoSlot,
    Target,
    move_meeting,
    put_pair,
    take_away,
)
from services.board_unplaced import has_pair
from services.meeting_rules import PLANNED, NotNow
from services.programme import Programme, programme_of
from web import jobs
from web.access import edition, organiser
from web.board_page import board_days
from web.board_words import People, people_in
from web.clock import now
from web.database import session
from web.desk import desk
from web.login import account_id
from web.meeting_words import time_in
from web.routes.schedule.base import blueprint, its_round, names_for, say_blocked, to_board
from web.undo import flash_with_undo


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """A slot to move to: on both clocks, what is in the way, and which tables are free."""

    start: str
    mine: str
    theirs: str
    blocks: tuple[Block, ...]
    free: tuple[int, ...]


@blueprint.get("/meetings/<int:meeting_id>")
@organiser
def meeting(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Show a meeting with the slots and tables it can move to, and what is in the way elsewhere."""
    del slug
    row = board_meeting(session(), edition(), meeting_id)
    one = described(session(), edition(), [row], now())[0]
    days, names = _choices((row.left_id, row.right_id), row)
    return render_template(
        "schedule/meeting.html",
        edition=edition(),
        one=one,
        days=days,
        tables=programme_of(edition()).tables,
        names={**names, **names_for([one])},
        ahead=row.starts_at > now(),
    )


@blueprint.post("/meetings/<int:meeting_id>/move")
@organiser
def move(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Move a meeting; who or what stands in the way is told, and nothing is done then."""
    row = board_meeting(session(), edition(), meeting_id)
    seen = request.form.get("seen", -1, int)
    try:
        moved = move_meeting(
            session(),
            desk().write,
            edition(),
            meeting_id,
            _target(),
            seen,
            now(),
            actor_id=account_id(),
        )
    except Blocked as error:
        say_blocked(error.blocks)
        return to_board(row)
    except (NoSlot, NotNow, ChangedMeanwhile):
        _say_late()
        return to_board(row)
    told = moved.row.state != PLANNED
    session().commit()
    if told:
        jobs.wake_mail()
    fields = {"start": moved.before.start.isoformat(), "seen": moved.row.sequence}
    if moved.before.table:
        fields["table"] = moved.before.table
    flash_with_undo(
        _("Moved. Both people are told in a few minutes, unless you undo it.")
        if told
        else _("Moved."),
        url_for("schedule.move", slug=slug, meeting_id=meeting_id),
        fields,
    )
    return to_board(moved.row)


@blueprint.post("/meetings/<int:meeting_id>/remove")
@organiser
def remove(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Take a meeting off the board; whoever knew of it is told."""
    del slug
    try:
        state = take_away(
            session(), desk().write, edition(), meeting_id, now(), actor_id=account_id()
        )
    except NotNow:
        _say_late()
        return to_board()
    session().commit()
    if state == PLANNED:
        flash(_("Taken off the board. Nobody had been told of it."))
    else:
        jobs.wake_mail()
        flash(_("Cancelled, and both people are told."))
    return to_board()


@blueprint.get("/pairs/<int:left_id>/<int:right_id>")
@organiser
def pair(slug: str, left_id: int, right_id: int) -> ResponseReturnValue:
    """Show the slots in which a pair without a meeting could have one."""
    del slug
    _check_pair(left_id, right_id)
    days, names = _choices((left_id, right_id), None)
    people = board_people(session(), (left_id, right_id))
    return render_template(
        "schedule/pair.html",
        edition=edition(),
        left=people[left_id],
        right=people[right_id],
        days=days,
        tables=programme_of(edition()).tables,
        names=names,
    )


@blueprint.post("/pairs/<int:left_id>/<int:right_id>")
@organiser
def place(slug: str, left_id: int, right_id: int) -> ResponseReturnValue:
    """Plan a meeting for a pair by hand."""
    _check_pair(left_id, right_id)
    people = (left_id, right_id)
    try:
        row = put_pair(
            session(), edition(), its_round(), people, _target(), now(), actor_id=account_id()
        )
    except (Blocked, NoSlot) as error:
        if isinstance(error, Blocked):
            say_blocked(error.blocks)
        else:
            _say_late()
        return redirect(url_for("schedule.pair", slug=slug, left_id=left_id, right_id=right_id))
    session().commit()
    flash(_("The meeting is planned. Nobody is told before you announce it."))
    return to_board(row)


def _choices(people: tuple[int, int], row: Meeting | None) -> tuple[list[object], People]:
    """List the slots to come by day, with what is in the way; and the names this needs."""
    programme = programme_of(edition())
    around = read_around(session(), edition(), people, now())
    number = row.id if row else None
    days = [
        (day, [_choice(around, programme, people, slot, number) for slot in day.slots])
        for day in board_days(edition(), [one for one in programme.slots if one.start > now()])
    ]
    blocks = [block for _day, slots in days for slot in slots for block in slot.blocks]
    return list(days), board_people(session(), {*people, *people_in(blocks)})


def _choice(
    around: Around,
    programme: Programme,
    people: tuple[int, int],
    slot: Span,
    leave_out: int | None,
) -> SlotChoice:
    taken = around.taken_tables(slot.start, leave_out=leave_out)
    tables = range(1, (programme.tables or 0) + 1)
    free = tuple(table for table in tables if table not in taken)
    blocks = around.blocks(people, slot, leave_out=leave_out)
    if programme.tables is not None and not free:
        blocks = (*blocks, Block("table"))
    return SlotChoice(
        slot.start.isoformat(),
        time_in(slot.start, edition().left_zone),
        time_in(slot.start, edition().right_zone),
        blocks,
        free,
    )


def _target() -> Target:
    try:
        start = datetime.fromisoformat(request.form.get("start", ""))
    except ValueError:
        raise NoSlot("this is no moment") from None
    if start.tzinfo is None:
        raise NoSlot("this is no moment")
    table = request.form.get("table", 0, int)
    return Target(start, table if table > 0 else None)


def _check_pair(left_id: int, right_id: int) -> None:
    if not has_pair(session(), its_round(), left_id, right_id):
        abort(404)


def _say_late() -> None:
    flash(_("The board has changed in the meantime: see how it stands now."), "warning")
