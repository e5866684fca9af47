"""Candidates for a role side by side, with the evidence of each."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.access import signed_in
from web.consortium_board import board_of, candidates_for
from web.database import session
from web.match_words import worth_reading
from web.matcher import cache
from web.routes.consortia.base import bench, blueprint, opened, viewer

_MOST = 3


@blueprint.get("/<int:consortium_id>/compare")
@signed_in
def compare(consortium_id: int) -> ResponseReturnValue:
    """Show up to three people for a role beside each other."""
    at = opened(consortium_id, "write")
    board = board_of(session(), at, viewer())
    role = board.role(request.args.get("role", None, int))
    if role is None:
        return bench(consortium_id)
    wanted = request.args.getlist("who", int)
    found = candidates_for(session(), cache(), board, viewer(), role)
    chosen = [one for one in found if one.person.profile_id in wanted] or found
    evidence = {
        one.person.profile_id: [
            pair.theirs
            for _reason, pairs in (worth_reading(one.found.fit) if one.found.fit else [])
            for pair in pairs
        ]
        for one in chosen
    }
    return render_template(
        "consortia/compare.html",
        at=at,
        role=role,
        found=chosen[:_MOST],
        evidence=evidence,
        names=board.names,
    )
