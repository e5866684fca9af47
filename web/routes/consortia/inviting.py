"""Asking somebody into a consortium, or writing down what a reserve is told."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import ConsortiumMember
from services.consortium_access import Workspace
from services.consortium_entities import entities_in
from services.consortium_inviting import Ask, invite, prepare_reserve
from services.consortium_members import find_member
from services.consortium_roles import roles_of_consortium
from services.errors import NotFound, ServiceError
from services.request_limits import willingness_of
from web.access import signed_in
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.clean import read
from web.forms.consortium_members import InvitationForm
from web.login import account_id
from web.routes.consortia.base import bench, blueprint, done, opened, refused, viewer


@blueprint.get("/<int:consortium_id>/members/<int:member_id>/invite")
@signed_in
def ask(consortium_id: int, member_id: int) -> ResponseReturnValue:
    """Show the form of an invitation."""
    at = opened(consortium_id, "write")
    row = _person(at, member_id)
    seat = row.seat if row.seat != "coordinator" else "member"
    return _page(at, row, InvitationForm(None, reason=row.reason, seat=seat))


@blueprint.post("/<int:consortium_id>/members/<int:member_id>/invite")
@signed_in
def ask_now(consortium_id: int, member_id: int) -> ResponseReturnValue:
    """Ask somebody; a reserve is asked when somebody for the same role does not come."""
    at = opened(consortium_id, "write")
    row, form = _person(at, member_id), InvitationForm()
    if not form.validate_on_submit():
        return _page(at, row, form), 422
    given = Ask(form.reason.data, read(form.days) or 1, form.seat.data)
    try:
        if row.state == "reserve":
            prepare_reserve(session(), at, member_id, given)
        else:
            invite(session(), desk().write, at, member_id, given, now(), actor_id=account_id())
    except ServiceError as error:
        refused(error)
    else:
        done(
            _("Written down. They are asked when somebody for this role does not come.")
            if row.state == "reserve"
            else _("The invitation is on its way. You are told of the answer."),
            mails=True,
        )
    return bench(consortium_id, "team")


def _person(at: Workspace, member_id: int) -> ConsortiumMember:
    row = find_member(session(), at, member_id)
    if row.profile_id is None or row.state not in ("planned", "reserve"):
        raise NotFound("there is nobody to ask")
    return row


def _page(at: Workspace, row: ConsortiumMember, form: InvitationForm) -> str:
    assert row.profile_id is not None  # noqa: S101 - asked before
    known = {one.member.id: one for one in entities_in(session(), at, viewer())}
    roles = {one.id: one for one in roles_of_consortium(session(), at.consortium.id)}
    wish = willingness_of(session(), at.edition, [row.profile_id], now())[row.profile_id]
    return render_template(
        "consortia/invite.html",
        at=at,
        entity=known[row.id],
        role=roles.get(row.role_id) if row.role_id else None,
        form=form,
        wish=wish,
    )
