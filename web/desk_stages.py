"""The organiser's path through an edition: its stages, what is open in each, and the pages of each.

A new page of the desk is hung in with one ``Page`` here, and shows the path with
``{{ desk_path(edition, "its.endpoint") }}`` of ``_macros/desk.html``, beneath its breadcrumb. The
first page of a stage is where the path leads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from services.desk_standing import DeskStanding
from services.editions import DRAFT, MATCHED, OVER, PUBLISHED
from web import desk_notes

Note = Callable[[DeskStanding], str]
Test = Callable[[DeskStanding], bool]


@dataclass(frozen=True)
class Page:
    """A page of the desk. One ``of_round`` is about a round: its address has a number."""

    endpoint: str
    label: Any
    of_round: bool = False


@dataclass(frozen=True)
class Stage:
    """A stage: what is open there in a few words, when it is done, and when it cannot begin yet."""

    name: str
    label: Any
    note: Note
    done: Test
    blocked: Test
    pages: tuple[Page, ...] = ()


WHOLE = (
    Page("rounds.desk", _("Overview")),
    Page("pictures.index", _("In pictures")),
    Page("pictures.map_page", _("Map")),
    Page("mailings.index", _("Mailings")),
    Page("desk.audit", _("What was changed")),
    Page("desk.clone", _("Clone")),
)
"""Pages about the edition as a whole, in no stage."""

STAGES = (
    Stage(
        "people",
        _("People"),
        desk_notes.people,
        lambda at: at.state not in (DRAFT, "open") and at.people > 0,
        desk_notes.never,
        (
            Page("editions.people", _("Participants")),
            Page("editions.people_file", _("From a file")),
            Page("editions.duplicates", _("In twice")),
            Page("editions.check_in", _("Check-in")),
            Page("editions.people_list", _("List")),
        ),
    ),
    Stage(
        "rules",
        _("Rules"),
        desk_notes.rules,
        lambda at: at.state != DRAFT and at.slots,
        desk_notes.never,
        (
            Page("desk.texts", _("Names and texts")),
            Page("desk.dates", _("Dates")),
            Page("desk.sides", _("Sides")),
            Page("desk.fields", _("Fields")),
            Page("desk.partners", _("Partners and places")),
            Page("desk.programme", _("Programme")),
            Page("desk.listing", _("Who sees the list")),
            Page("session_desk.index", _("Sessions")),
            Page("rounds.pair_rules", _("Pins and forbidden pairs")),
            Page("call_editing.index", _("Calls")),
            Page("presets.index", _("Rules of calls")),
        ),
    ),
    Stage(
        "run",
        _("Run"),
        desk_notes.run,
        lambda at: at.newest is not None and at.under_way is None,
        lambda at: at.people == 0,
        (
            Page("rounds.rounds", _("Rounds")),
            Page("rounds.compare", _("Compare")),
            Page("matcher.index", _("The matcher")),
        ),
    ),
    Stage(
        "review",
        _("Review"),
        desk_notes.review,
        lambda at: at.state in (MATCHED, PUBLISHED, OVER),
        desk_notes.no_round,
        (
            Page("rounds.show", _("The result"), of_round=True),
            Page("rounds.review", _("Who fares how"), of_round=True),
        ),
    ),
    Stage(
        "schedule",
        _("Schedule"),
        desk_notes.schedule,
        lambda at: at.meetings > 0,
        desk_notes.no_round,
        (
            Page("schedule.board", _("Board")),
            Page("schedule.unplaced", _("Pairs without a meeting")),
            Page("schedule.replan", _("Plan again")),
            Page("schedule.prints", _("Print")),
            Page("rounds.meetings", _("Meetings of the round"), of_round=True),
        ),
    ),
    Stage(
        "publish",
        _("Publish"),
        desk_notes.publish,
        lambda at: at.published is not None,
        desk_notes.no_round,
        (
            Page("rounds.publishing", _("Publish or withdraw"), of_round=True),
            Page("rounds.match_lists", _("Match list"), of_round=True),
        ),
    ),
    Stage(
        "outcome",
        _("Outcome"),
        desk_notes.outcome,
        lambda at: at.state == OVER and at.reviews > 0,
        lambda at: at.state not in (PUBLISHED, OVER),
        (Page("outcome.show", _("Outcome")),),
    ),
)


def stage_of(endpoint: str) -> Stage | None:
    """Find the stage of a page; None for the pages of the whole edition."""
    for stage in STAGES:
        if any(page.endpoint == endpoint for page in stage.pages):
            return stage
    return None
