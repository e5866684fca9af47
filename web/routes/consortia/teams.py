"""Whole teams for a draft: asking for them, waiting, and taking one in."""

import re
from dataclasses import replace

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaking.eligibility_preset import Preset
from services.consortium_access import Workspace
from services.errors import NotFound, ServiceError
from services.presets import preset_row
from services.team_kept import proposed
from services.team_runs import (
    UNDER_WAY,
    TeamAsk,
    cancel_teams,
    find_teams,
    newest_teams,
    request_teams,
)
from services.team_taking import take_team
from web import jobs
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.teams import TeamsForm
from web.limits import limiter
from web.login import account_id
from web.routes.consortia.base import blueprint, done, opened, refused, viewer
from web.team_page import LETTERS, difference_of, proof_of, teams_page, with_wishes
from web.team_words import ERROR, FAILURES, STAGES, change, clashing

_WISH = re.compile(r"wish-(\d{1,9})")


@blueprint.get("/<int:consortium_id>/teams")
@signed_in
def teams(consortium_id: int) -> ResponseReturnValue:
    """Show the teams that were formed last, how far it is, and what to ask for."""
    at = opened(consortium_id)
    run = newest_teams(session(), consortium_id)
    ask = TeamAsk.of(run) if run else TeamAsk(mirror=_rules(at).teams is not None)
    page = teams_page(session(), at, viewer(), run, ask)
    form = TeamsForm(None, mirror=ask.mirror, genders=ask.genders, thorough=ask.thorough)
    none = page.kept.found.none if page.kept else None
    names = {one: page.name(one) for one in page.people}
    return render_template(
        "consortia/teams.html",
        at=at,
        page=page,
        run=run,
        form=form,
        may_write=at.may("write"),
        stage=str(STAGES.get(run.stage, "")) if run else "",
        failure=str(FAILURES.get(run.failure, ERROR)) if run else "",
        cannot=clashing(none, names) if none else [],
        help_by=[change(one, names) for one in none.changes or ()] if none else [],
        proof_of=proof_of,
        difference_of=difference_of,
        preset=_rules(at),
    )


@blueprint.post("/<int:consortium_id>/teams")
@signed_in
@limiter.limit("120 per hour")
def form_teams_now(consortium_id: int) -> ResponseReturnValue:
    """Have teams formed."""
    at = opened(consortium_id, "write")
    form = TeamsForm()
    if not form.validate_on_submit():
        return redirect(url_for("consortia.teams", consortium_id=consortium_id))
    found = {_WISH.fullmatch(name): value for name, value in request.form.items()}
    wishes = {int(name[1]): value for name, value in found.items() if name}
    ask = replace(
        with_wishes(TeamAsk(), wishes),
        mirror=form.mirror.data,
        genders=form.genders.data,
        thorough=form.thorough.data,
    )
    try:
        request_teams(session(), at, ask, now(), actor_id=account_id())
    except ServiceError as error:
        refused(error)
    else:
        session().commit()
        jobs.wake_proposals()
    return redirect(url_for("consortia.teams", consortium_id=consortium_id))


@blueprint.get("/<int:consortium_id>/teams/<int:run_id>/progress")
@signed_in
def teams_progress(consortium_id: int, run_id: int) -> ResponseReturnValue:
    """Give the line that says how far it is; a page asks for it again and again."""
    run = find_teams(session(), opened(consortium_id), run_id)
    answer = Response(
        render_template(
            "consortia/_teams_progress.html",
            id=consortium_id,
            run=run,
            stage=str(STAGES.get(run.stage, "")),
        )
    )
    if run.state not in UNDER_WAY:
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.post("/<int:consortium_id>/teams/<int:run_id>/cancel")
@signed_in
def cancel_teams_now(consortium_id: int, run_id: int) -> ResponseReturnValue:
    """Stop the forming of teams."""
    at = opened(consortium_id, "write")
    run = find_teams(session(), at, run_id)
    cancel_teams(session(), run, now())
    session().commit()
    if run.state == "cancelled":
        flash(_("Cancelled; nothing was changed."))
    return redirect(url_for("consortia.teams", consortium_id=consortium_id))


@blueprint.post("/<int:consortium_id>/teams/<int:run_id>/take")
@signed_in
def take_team_now(consortium_id: int, run_id: int) -> ResponseReturnValue:
    """Take one of the teams into the draft."""
    at = opened(consortium_id, "write")
    run = find_teams(session(), at, run_id)
    number = LETTERS.find(request.form.get("team", "?"))
    kept = proposed(run.result) if run.result else None
    if kept is None or not 0 <= number < len(kept.found.teams):
        raise NotFound("there is no such team")
    team = kept.found.teams[number]
    try:
        take_team(session(), at, viewer(), team, kept.role_ids, now(), actor_id=account_id())
    except NotFound:
        session().rollback()
        flash(_("Somebody in this team may no longer be shown. Form teams again."), "warning")
    except ServiceError as error:
        refused(error)
    else:
        done(_("The team is in the draft. Nobody is told until you ask."))
        return redirect(url_for("consortia.show", consortium_id=consortium_id, _anchor="team"))
    return redirect(url_for("consortia.teams", consortium_id=consortium_id))


def _rules(at: Workspace) -> Preset:
    """Give the version of the rules that the draft keeps."""
    return preset_row(session(), at.consortium.preset_id).rules
