"""The path of stages as a page of the desk shows it."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _

from models import Edition
from services.desk_standing import DeskStanding, standing_of
from web.clock import now
from web.database import session
from web.desk_stages import STAGES, WHOLE, Page, Stage, stage_of


@dataclass(frozen=True)
class Path:
    """The path as a page shows it: items for ``steps``, and tabs between the stage's pages."""

    steps: list[dict[str, Any]]
    pages: list[tuple[Any, str, bool]]
    label: Any


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
