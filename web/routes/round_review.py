"""Before a round is published: who fares how, and what another round would change."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Round
from services.round_comparison import Comparison, compare_rounds
from services.round_groups import PROPERTIES, groupings_of
from services.round_review import review_of
from services.round_trying import try_change
from services.rounds import EditionOver, RoundUnderWay, find_round, rounds_of
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.edition_words import side_name
from web.forms.profile import STAGES, TYPES
from web.locale import country_name
from web.login import account_id
from web.routes.round_proof import blueprint

__all__ = ["blueprint"]


@blueprint.get("/<slug>/rounds/<int:number>/review")
@organiser
def review(slug: str, number: int) -> ResponseReturnValue:
    """Show who has no good match and why, and how groups of people fare."""
    del slug
    row = find_round(session(), edition(), number)
    everybody = request.args.get("who") == "everybody"
    page = request.args.get("page", 1, int)
    found = review_of(session(), edition(), row, page, only_unmatched=not everybody)
    return render_template(
        "rounds/review.html",
        edition=edition(),
        round=row,
        review=found,
        everybody=everybody,
        groupings=groupings_of(found.everybody),
        group_names={name: partial(_group_name, name) for name in PROPERTIES},
    )


@blueprint.get("/<slug>/rounds/compare")
@organiser
def compare(slug: str) -> ResponseReturnValue:
    """Compare two finished rounds: by default the newest with the one before it."""
    del slug
    done = [row for row in rounds_of(session(), edition()) if row.state == "done"]
    after, before = _chosen(done, "after", 0), _chosen(done, "before", 1)
    return render_template(
        "rounds/compare.html",
        edition=edition(),
        rounds=done,
        before=before,
        after=after,
        found=_compared(before, after),
    )


@blueprint.post("/<slug>/rounds/<int:number>/try/<int:profile_id>")
@organiser
def try_now(slug: str, number: int, profile_id: int) -> ResponseReturnValue:
    """Start a round like this one with the change that would serve somebody."""
    row = find_round(session(), edition(), number)
    try:
        tried = try_change(session(), edition(), row, profile_id, now(), actor_id=account_id())
    except RoundUnderWay as busy:
        flash(_("Round %(number)s is still under way.", number=busy.number), "warning")
        return redirect(url_for("rounds.show", slug=slug, number=busy.number))
    except EditionOver:
        return redirect(url_for("rounds.rounds", slug=slug))  # which says why
    session().commit()
    jobs.wake_rounds()
    return redirect(url_for("rounds.show", slug=slug, number=tried.number))


def _chosen(done: list[Round], name: str, place: int) -> Round | None:
    wanted = request.args.get(name, 0, int)
    found = next((row for row in done if row.number == wanted), None)
    return found or (done[place] if place < len(done) else None)


def _compared(before: Round | None, after: Round | None) -> Comparison | None:
    if before is None or after is None or before.id == after.id:
        return None
    return compare_rounds(session(), before, after)


def _group_name(name: str, group: str) -> str:
    """Say a group of people in words."""
    words: Mapping[str, Callable[[str], Any]] = {
        "side": lambda side: side_name(edition(), side),
        "country": country_name,
        "career_stage": lambda stage: STAGES.get(stage, stage),
        "organisation_type": lambda kind: TYPES.get(kind, kind),
    }
    return str(words[name](group)) if name in words else group
