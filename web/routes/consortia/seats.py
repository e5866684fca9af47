"""Who is kept in every proposed team, who coordinates the proposal, and who may do what."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.consortium_seats import give_seat, mark_member
from services.errors import ServiceError
from web.access import signed_in
from web.clock import now
from web.database import session
from web.login import account_id
from web.routes.consortia.base import bench, blueprint, done, opened, refused

_MARKS = {"lock": True, "unlock": False}
_COORDINATES = {"coordinate": True, "uncoordinate": False}


@blueprint.post("/<int:consortium_id>/members/<int:member_id>/mark")
@signed_in
def mark_now(consortium_id: int, member_id: int) -> ResponseReturnValue:
    """Lock or free a member, or name who coordinates the proposal."""
    at = opened(consortium_id, "write")
    act = request.form.get("act", "")
    mark_member(
        session(),
        at,
        member_id,
        now(),
        actor_id=account_id(),
        locked=_MARKS.get(act),
        coordinates=_COORDINATES.get(act),
    )
    done(_("Saved. The rules are checked with it."))
    return bench(consortium_id, "team", request.form.get("role", None, int))


@blueprint.post("/<int:consortium_id>/members/<int:member_id>/seat")
@signed_in
def give_seat_now(consortium_id: int, member_id: int) -> ResponseReturnValue:
    """Give somebody another seat; only a coordinator does."""
    at = opened(consortium_id, "lead")
    seat = request.form.get("seat", "")
    try:
        give_seat(session(), at, member_id, seat, now(), actor_id=account_id())
    except ServiceError as error:
        refused(error)
    else:
        done(_("The seat is given."))
    return bench(consortium_id, "team")
