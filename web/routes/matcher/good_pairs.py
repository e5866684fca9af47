"""The matcher scored on pairs that are known to be good."""

from collections.abc import Sequence

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from models import Edition
from services.editions import organised_editions
from services.errors import NotFound
from services.good_pairs import pairs_of_meetings, pairs_of_round
from services.good_pairs_file import BadPairsFile, PairProblem, read_good_pairs
from services.matcher_runs import runs_of
from web import uploads
from web.access import edition, organiser
from web.database import session
from web.forms.matcher import GoodPairsForm
from web.limits import limiter
from web.matcher_words import problem_sentence
from web.routes.matcher.base import ask_worker, blueprint

Pairs = Sequence[tuple[int, int]]


@blueprint.get("/good-pairs")
@organiser
def good_pairs(slug: str) -> ResponseReturnValue:
    """Show how well good pairs were found, and the form that tries others."""
    form = GoodPairsForm()
    form.offer(_editions())
    form.edition.data = slug
    return _page(form)


@blueprint.post("/good-pairs")
@organiser
@limiter.limit("30 per hour")
def try_pairs(slug: str) -> ResponseReturnValue:
    """Read the pairs and have the matcher scored on them."""
    form = GoodPairsForm()
    editions = _editions()
    form.offer(editions)
    if not form.validate_on_submit():
        return _page(form), 422
    chosen = next(one for one in editions if one.slug == form.edition.data)
    try:
        pairs = _pairs(form, chosen)
    except BadPairsFile as bad:
        return _page(form, bad.problems), 422
    if not pairs:
        flash(_("There is no such pair in that edition: choose other pairs, or a file."), "warning")
        return _page(form), 422
    return ask_worker(
        "good-pairs",
        {
            "edition_id": chosen.id,
            "source": form.source.data,
            "pairs": [list(one) for one in pairs],
        },
    )


def _editions() -> Sequence[Edition]:
    return organised_editions(session(), current_user.permissions)


def _pairs(form: GoodPairsForm, chosen: Edition) -> Pairs:
    if form.source.data == "file":
        name = uploads.keep(form.file.data)
        path = uploads.find(name)
        try:
            return read_good_pairs(session(), chosen, path) if path else []
        finally:
            uploads.drop(name)
    if form.source.data == "meetings":
        return pairs_of_meetings(session(), chosen)
    try:
        return pairs_of_round(session(), chosen)
    except NotFound:
        return []


def _page(form: GoodPairsForm, problems: Sequence[PairProblem] = ()) -> str:
    return render_template(
        "matcher/good_pairs.html",
        edition=edition(),
        form=form,
        problems=[(one.line, one.field, problem_sentence(one)) for one in problems],
        runs=runs_of(session(), edition(), "good-pairs"),
        names={one.id: one for one in _editions()},
    )
