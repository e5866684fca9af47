"""The organiser's path through an edition: its stages, what is open in each, and the pages of each.

A new page of the desk is hung in with one ``Page`` here, and shows the path with
``{{ desk_path(edition, "its.endpoint") }}`` of ``_macros/desk.html``, beneath its breadcrumb. The
first page of a stage is where the path leads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from models import Edition
from services.desk_standing import DeskStanding, standing_of
from services.editions import DRAFT, MATCHED, OVER, PUBLISHED
from web.clock import now
from web.database import session

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


@dataclass(frozen=True)
class Path:
    """The path as a page shows it: items for ``steps``, and tabs between the stage's pages."""

    steps: list[dict[str, Any]]
    pages: list[tuple[Any, str, bool]]
    label: Any


def _never(_at: DeskStanding) -> bool:
    return False


def _no_round(at: DeskStanding) -> bool:
    return at.newest is None


def _people(at: DeskStanding) -> str:
    return str(ngettext("%(num)s takes part", "%(num)s take part", at.people))


def _rules(at: DeskStanding) -> str:
    if at.state == DRAFT:
        return str(_("seen by organisers only"))
    return "" if at.slots else str(_("no programme yet"))


def _run(at: DeskStanding) -> str:
    if at.under_way is not None:
        return str(_("round %(number)s is under way", number=at.under_way))
    if at.newest is None:
        return str(_("no round yet"))
    return str(_("round %(number)s is the newest", number=at.newest))


def _review(at: DeskStanding) -> str:
    if at.newest is None or at.published is not None:
        return ""
    return str(_("round %(number)s is to be read", number=at.newest))


def _schedule(at: DeskStanding) -> str:
    if at.newest is None:
        return ""
    return str(ngettext("%(num)s meeting", "%(num)s meetings", at.meetings))


def _publish(at: DeskStanding) -> str:
    if at.published is None:
        return "" if at.newest is None else str(_("nothing is published"))
    return str(_("round %(number)s is published", number=at.published))


def _outcome(at: DeskStanding) -> str:
    return str(ngettext("%(num)s answer", "%(num)s answers", at.reviews)) if at.reviews else ""


WHOLE = (
    Page("rounds.desk", _("Overview")),
    Page("mailings.index", _("Mailings")),
)
"""Pages about the edition as a whole, in no stage."""

STAGES = (
    Stage(
        "people",
        _("People"),
        _people,
        lambda at: at.state not in (DRAFT, "open") and at.people > 0,
        _never,
        (
            Page("editions.people", _("Participants")),
            Page("editions.people_file", _("From a file")),
        ),
    ),
    Stage(
        "rules",
        _("Rules"),
        _rules,
        lambda at: at.state != DRAFT and at.slots,
        _never,
        (
            Page("desk.promises", _("Promises")),
            Page("call_editing.index", _("Calls")),
            Page("presets.index", _("Rules of calls")),
        ),
    ),
    Stage(
        "run",
        _("Run"),
        _run,
        lambda at: at.newest is not None and at.under_way is None,
        lambda at: at.people == 0,
        (
            Page("rounds.rounds", _("Rounds")),
            Page("matcher.index", _("The matcher")),
        ),
    ),
    Stage(
        "review",
        _("Review"),
        _review,
        lambda at: at.state in (MATCHED, PUBLISHED, OVER),
        _no_round,
        (Page("rounds.show", _("The result"), of_round=True),),
    ),
    Stage(
        "schedule",
        _("Schedule"),
        _schedule,
        lambda at: at.meetings > 0,
        _no_round,
        (Page("rounds.meetings", _("Meetings of the round"), of_round=True),),
    ),
    Stage(
        "publish",
        _("Publish"),
        _publish,
        lambda at: at.published is not None,
        _no_round,
        (
            Page("rounds.publishing", _("Publish or withdraw"), of_round=True),
            Page("rounds.match_lists", _("Match list"), of_round=True),
        ),
    ),
    Stage(
        "outcome",
        _("Outcome"),
        _outcome,
        lambda at: at.state == OVER and at.reviews > 0,
        lambda at: at.state not in (PUBLISHED, OVER),
    ),
)


def stage_of(endpoint: str) -> Stage | None:
    """Find the stage of a page; None for the pages of the whole edition."""
    for stage in STAGES:
        if any(page.endpoint == endpoint for page in stage.pages):
            return stage
    return None


def desk_path(edition: Edition, endpoint: str) -> Path:
    """Lay out the path for a page: where it stands, what is open elsewhere, what is beside it."""
    at = standing_of(session(), edition, now())
    here = stage_of(endpoint)
    pages = here.pages if here else WHOLE
    beside = [(p.label, _url(p, edition, at), p.endpoint == endpoint) for p in pages]
    steps = [_item(stage, edition, at, current=stage is here) for stage in STAGES]
    return Path(steps, [one for one in beside if one[1]], here.label if here else _("The edition"))


def _item(stage: Stage, edition: Edition, at: DeskStanding, *, current: bool) -> dict[str, Any]:
    blocked = stage.blocked(at) and not current
    url = _url(stage.pages[0], edition, at) if stage.pages and not blocked else ""
    state = "blocked" if blocked else "done" if stage.done(at) else "open"
    return {
        "name": stage.name,
        "label": stage.label,
        "url": url,
        "state": "current" if current else state,
        "note": stage.note(at),
    }


def _url(page: Page, edition: Edition, at: DeskStanding) -> str:
    if not page.of_round:
        return url_for(page.endpoint, slug=edition.slug)
    number = (request.view_args or {}).get("number") or at.published or at.newest
    return url_for(page.endpoint, slug=edition.slug, number=number) if number else ""


def init_app(app: Flask) -> None:
    """Give templates the path."""
    app.jinja_env.globals["desk_path_of"] = desk_path
