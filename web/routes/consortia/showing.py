"""The bench, and the history of a consortium."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from services.audit import entries_about
from services.consortium_entities import entities_in
from services.people import person_lines
from services.people_of_accounts import profile_ids_of
from web.access import signed_in
from web.clock import now
from web.consortium_board import board_of, candidates_for
from web.database import session
from web.forms.consortia import RoleForm
from web.matcher import cache
from web.routes.consortia.base import blueprint, opened, viewer
from web.team_map import maps_of


@blueprint.get("/<int:consortium_id>")
@signed_in
def show(consortium_id: int) -> ResponseReturnValue:
    """Show the bench: roles and gaps, people for the gap in hand, the team with its rules."""
    at = opened(consortium_id)
    board = board_of(session(), at, viewer())
    role = board.role(request.args.get("role", None, int))
    may_write = at.may("write")
    found = []
    if role is not None and may_write:
        found = candidates_for(session(), cache(), board, viewer(), role)
    members = {one.person.profile_id: one.side for one in board.members if one.person and one.side}
    [places] = maps_of(session(), at.edition, viewer(), [members])
    form = RoleForm(None)
    form.offer(at.edition)
    return render_template(
        "consortia/show.html",
        at=at,
        board=board,
        role=role,
        found=found,
        form=form,
        may_write=may_write,
        names=board.names,
        places=places,
        people={one.person.profile_id: one.person for one in board.members if one.person},
        now=now(),
    )


@blueprint.get("/<int:consortium_id>/history")
@signed_in
def history(consortium_id: int) -> ResponseReturnValue:
    """Show every change, the newest first."""
    at = opened(consortium_id)
    entries = entries_about(session(), at.edition.id, at.subject)
    actors = profile_ids_of(session(), {one.actor_id for one in entries if one.actor_id})
    about = {one.after.get("profile") or one.before.get("profile") for one in entries}
    ids = sorted({*actors.values(), *(one for one in about if isinstance(one, int))})
    return render_template(
        "consortia/history.html",
        at=at,
        entries=entries,
        actors=actors,
        people=person_lines(session(), ids, viewer()),
        labels={one.member.id: one.label for one in entities_in(session(), at, viewer())},
    )
