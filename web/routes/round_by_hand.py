"""Changing a pair of a finished round by hand, with the loss shown before it is done."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaking.export import MatchedPerson
from services.errors import ServiceError
from services.matched_people import matched_people
from services.matcher import NotEncoded, make_judge
from services.round_board import KINDS, CannotChange, HandChange, Kind, PairIds
from services.round_by_hand import change_by_hand, open_board
from services.rounds import find_round
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.forms.round_by_hand import HandForm
from web.login import account_id
from web.routes.round_review import blueprint

__all__ = ["blueprint"]


@dataclass(frozen=True)
class Offer:
    """A change as the page shows it: whom it concerns, what it costs, and its hidden fields."""

    person: MatchedPerson
    partner: MatchedPerson | None
    change: HandChange
    other: PairIds


@blueprint.get("/<slug>/rounds/<int:number>/change")
@organiser
def change_pair(slug: str, number: int) -> ResponseReturnValue:
    """Show what can be done to a pair, and what each costs."""
    row = find_round(session(), edition(), number)
    pair = PairIds(request.args.get("left", 0, int), request.args.get("right", 0, int))
    try:
        board = open_board(session(), row)
        lists = {kind: board.changes(pair, kind) for kind in KINDS}
    except CannotChange as refused:
        return _refused(slug, number, refused)
    return render_template(
        "rounds/change.html",
        edition=edition(),
        round=row,
        pair=pair,
        score=board.score_of(pair),
        **_offers(pair, lists),
    )


@blueprint.post("/<slug>/rounds/<int:number>/change")
@organiser
def change_pair_now(slug: str, number: int) -> ResponseReturnValue:
    """Change the pair."""
    row, form = find_round(session(), edition(), number), HandForm()
    if not form.validate_on_submit():
        return _refused(slug, number, CannotChange("not-possible"))
    pair = PairIds(form.left.data or 0, form.right.data or 0)
    other = PairIds(form.other_left.data or 0, form.other_right.data or 0)
    wish = pair, form.kind.data, other
    try:
        done = change_by_hand(
            session(), edition(), row, make_judge, *wish, now(), actor_id=account_id()
        )
    except (CannotChange, NotEncoded) as refused:
        session().rollback()
        return _refused(slug, number, refused)
    session().commit()
    flash(_("Changed. The total affinity is %(loss)s less.", loss=f"{done.loss:.3f}"))
    return redirect(url_for("rounds.show", slug=slug, number=number))


def _offers(pair: PairIds, lists: dict[Kind, list[HandChange]]) -> dict[str, object]:
    ids = {pair.left, pair.right}
    ids |= {
        one
        for found in lists.values()
        for change in found
        for two in change.added
        for one in (two.left, two.right)
    }
    people = matched_people(session(), ids)
    return {
        "left": people[pair.left],
        "right": people[pair.right],
        "swaps": [
            Offer(people[two.left], people[two.right], one, two)
            for one in lists["swap"]
            for two in one.removed[1:]
        ],
        "lefts": [Offer(people[new.left], None, one, new) for one, new in _new(lists["left"])],
        "rights": [Offer(people[new.right], None, one, new) for one, new in _new(lists["right"])],
    }


def _new(changes: list[HandChange]) -> list[tuple[HandChange, PairIds]]:
    return [(one, one.added[0]) for one in changes]


def _refused(slug: str, number: int, refused: ServiceError) -> ResponseReturnValue:
    words: dict[str, str] = {
        "published": _(
            "A published round is not edited. Run another, with pins, and publish that."
        ),
        "not-done": _("This round is not done. It can be changed when it is."),
        "too-large": _("A round of so many people is changed by pins, and run again."),
        "not-possible": _("This change is not possible any more: look at the pairs again."),
        "not-open": _(
            "One of the two is not open to this pair, has left, or it was forbidden since."
        ),
        "not-encoded": _("Some texts are being read just now. Try again in a minute."),
    }
    flash(words[getattr(refused, "reason", refused.code)], "warning")
    return redirect(url_for("rounds.show", slug=slug, number=number))
