"""The organiser's rounds: start one, watch it, read it, take the match list home."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from services.desk_standing import next_thing, standing_of
from services.edition_guards import missing_to_open
from services.edition_steps import offers
from services.editions import OVER, organised_editions, participant_counts, state_now
from services.round_by_hand import changes_by_hand
from services.round_fairness import fairness_of
from services.round_meetings import answers_to
from services.round_parameters import parameters_for
from services.round_report import round_report
from services.round_spread import spread_of
from services.round_time import seconds_left
from services.rounds import (
    UNDER_WAY,
    EditionOver,
    RoundUnderWay,
    cancel_round,
    find_round,
    request_round,
    rounds_of,
    who_started,
)
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.forms.rounds import RoundForm
from web.login import account_id

blueprint = Blueprint("rounds", __name__, url_prefix="/organise")


@blueprint.get("/")
@organiser
def index() -> ResponseReturnValue:
    """List the editions that this account organises."""
    editions = organised_editions(session(), current_user.permissions)
    return render_template("rounds/index.html", editions=editions)


@blueprint.get("/<slug>/")
@organiser
def desk(slug: str) -> ResponseReturnValue:
    """Show where an edition stands, what is open in each stage, and the next thing to do."""
    at = standing_of(session(), edition(), now())
    lacks = missing_to_open(session(), edition(), now())
    return render_template(
        "rounds/desk.html",
        edition=edition(),
        at=at,
        lacks=lacks,
        next_thing=next_thing(at, lacks),
        offers=offers(session(), edition(), now()),
        counts=participant_counts(session(), edition()),
    )


@blueprint.get("/<slug>/rounds")
@organiser
def rounds(slug: str) -> ResponseReturnValue:
    """Show an edition's rounds and the form that starts the next."""
    return _rounds(_first_form())


@blueprint.post("/<slug>/rounds")
@organiser
def start(slug: str) -> ResponseReturnValue:
    """Queue a round and show it."""
    form = RoundForm().for_edition(edition())
    if not form.validate_on_submit():
        return _rounds(form), 422
    parameters = parameters_for(
        edition(),
        least=form.least.data,
        most=form.most.data,
        seed=form.seed.data,
        fair=form.fair.data,
    )
    try:
        row = request_round(session(), edition(), parameters, now(), actor_id=account_id())
    except RoundUnderWay as busy:
        flash(_("Round %(number)s is still under way.", number=busy.number), "warning")
        return redirect(url_for("rounds.show", slug=slug, number=busy.number))
    except EditionOver:
        return redirect(url_for("rounds.rounds", slug=slug))  # which says why
    session().commit()
    jobs.wake_rounds()
    return redirect(url_for("rounds.show", slug=slug, number=row.number))


@blueprint.get("/<slug>/rounds/<int:number>")
@organiser
def show(slug: str, number: int) -> ResponseReturnValue:
    """Show a round: how far it is, or what came of it."""
    row = find_round(session(), edition(), number)
    page = request.args.get("page", 1, int)
    done = row.state == "done"
    short = request.args.get("short", 1, int)
    report = round_report(session(), row, page, short) if done else None
    spread = spread_of(session(), row) if done else None
    return render_template(
        "rounds/show.html",
        edition=edition(),
        round=row,
        report=report,
        spread=spread,
        fairness=fairness_of(row),
        answers=answers_to(session(), row, now()) if done else None,
        starter=who_started(session(), row),
        left=seconds_left(session(), row, now()),
        by_hand=changes_by_hand(session(), row) if done else 0,
    )


@blueprint.get("/<slug>/rounds/<int:number>/progress")
@organiser
def progress(slug: str, number: int) -> ResponseReturnValue:
    """Give the line that says how far a round is; a page asks for it again and again."""
    row = find_round(session(), edition(), number)
    left = seconds_left(session(), row, now())
    line = render_template("rounds/_progress.html", edition=edition(), round=row, left=left)
    answer = Response(line)
    if row.state not in UNDER_WAY:
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.post("/<slug>/rounds/<int:number>/cancel")
@organiser
def cancel(slug: str, number: int) -> ResponseReturnValue:
    """Ask a round to stop."""
    row = find_round(session(), edition(), number)
    cancel_round(session(), row, now())
    session().commit()
    return redirect(url_for("rounds.show", slug=slug, number=number))


def _first_form() -> RoundForm:
    bounds = {"least": edition().least_partners, "most": edition().most_partners}
    return RoundForm(formdata=None, data=bounds).for_edition(edition())


def _rounds(form: RoundForm) -> str:
    return render_template(
        "rounds/rounds.html",
        edition=edition(),
        form=form,
        rounds=rounds_of(session(), edition()),
        over=state_now(edition(), now()) == OVER,
    )
