"""What the pages of the schedule share."""

from collections.abc import Iterable

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Meeting, Round
from services.board import BoardMeeting, board_people
from services.board_around import Block
from services.board_plan import board_round
from web.access import edition
from web.board_page import day_of
from web.board_words import People, blocks_in_words, people_in
from web.database import session

blueprint = Blueprint("schedule", __name__, url_prefix="/organise/<slug>/schedule")


def its_round() -> Round:
    """Give the round that the board is about; without one there is nothing to plan."""
    found = board_round(session(), edition())
    if found is None:
        abort(404)
    return found


def names_for(meetings: Iterable[BoardMeeting]) -> People:
    """Read the names that the words about blocks need; one query, or none."""
    needed = {who for one in meetings for who in people_in(one.blocks)}
    return board_people(session(), needed) if needed else {}


def say_blocked(blocks: Iterable[Block]) -> None:
    """Tell who or what is in the way."""
    found = list(blocks)
    words = blocks_in_words(found, board_people(session(), people_in(found)))
    flash(" ".join([str(_("The meeting stays where it is.")), *words]), "warning")


def to_board(meeting: Meeting | None = None) -> ResponseReturnValue:
    """Lead back to the board, to the day and the place of a meeting."""
    if meeting is None:
        return redirect(url_for("schedule.board", slug=edition().slug))
    day = day_of(edition(), meeting.starts_at).isoformat()
    return redirect(
        url_for("schedule.board", slug=edition().slug, day=day, _anchor=f"m{meeting.id}")
    )
