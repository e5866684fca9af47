"""Invitations as the person who is asked sees them; and leaving a consortium."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from models import Call, Consortium, ConsortiumMember, ConsortiumRole, Edition
from services.consortium_answering import (
    Answer,
    InvitationClosed,
    answer_invitation,
    find_invitation,
    leave,
)
from services.consortium_leading import leading_people
from services.errors import ServiceError
from services.people import person_lines
from web import jobs
from web.access import signed_in
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.consortium_members import AnswerForm
from web.login import account_id
from web.routes.consortia.base import bench, blueprint, done, opened, refused, viewer

invitations = Blueprint("team_invitations", __name__, url_prefix="/team-invitations")


@invitations.get("/<int:invitation_id>")
@signed_in
def show(invitation_id: int) -> ResponseReturnValue:
    """Show who asks, why, and for which role."""
    member = find_invitation(session(), invitation_id, current_user.profile_id)
    consortium = session().get_one(Consortium, member.consortium_id)
    leads = leading_people(session(), consortium.id)
    return render_template(
        "team_invitations/show.html",
        member=member,
        consortium=consortium,
        edition=session().get_one(Edition, consortium.edition_id),
        call=session().get(Call, consortium.call_id) if consortium.call_id else None,
        role=session().get(ConsortiumRole, member.role_id) if member.role_id else None,
        leads=person_lines(session(), leads, viewer()),
        form=AnswerForm(None),
        open=_is_open(member),
    )


@invitations.post("/<int:invitation_id>")
@signed_in
def answer_now(invitation_id: int) -> ResponseReturnValue:
    """Accept or decline."""
    member = find_invitation(session(), invitation_id, current_user.profile_id)
    accepts = request.form.get("answer") == "accept"
    form = AnswerForm()
    given = Answer(accepts, bool(form.shows_contact.data))
    try:
        answer_invitation(session(), desk().write, member, given, now(), actor_id=account_id())
    except InvitationClosed as error:
        refused(error)
        return redirect(url_for("team_invitations.show", invitation_id=invitation_id))
    consortium_id = member.consortium_id
    session().commit()
    jobs.wake_mail()
    if accepts:
        flash(_("You have joined. Welcome."))
        return bench(consortium_id)
    flash(_("You have declined. Who asked you is told, without a reason."))
    return redirect(url_for("consortia.index"))


@blueprint.post("/<int:consortium_id>/leave")
@signed_in
def leave_now(consortium_id: int) -> ResponseReturnValue:
    """Leave a consortium."""
    at = opened(consortium_id)
    try:
        leave(session(), desk().write, at, now(), actor_id=account_id())
    except ServiceError as error:
        refused(error)
        return bench(consortium_id)
    done(_("You have left the consortium."), mails=True)
    return redirect(url_for("consortia.index"))


def _is_open(member: ConsortiumMember) -> bool:
    return member.state == "invited" and member.expires_at is not None and member.expires_at > now()
