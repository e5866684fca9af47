"""Who is in a draft: people, reserves, and partners from outside."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import ConsortiumMember
from services.consortium_answering import take_out
from services.consortium_entities import entities_in
from services.consortium_members import find_member
from services.consortium_outside import OutsidePartner, add_outside, describe_member
from services.consortium_planning import plan_person
from services.consortium_roles import roles_of_consortium
from services.errors import ServiceError
from services.profile_values import BadValue
from web.access import signed_in
from web.clock import now
from web.consortium_words import stopped
from web.database import session
from web.desk import desk
from web.forms.clean import read
from web.forms.consortium_members import PartnerForm
from web.login import account_id
from web.routes.consortia.base import bench, blueprint, done, opened, refused, viewer


@blueprint.post("/<int:consortium_id>/people")
@signed_in
def plan_now(consortium_id: int) -> ResponseReturnValue:
    """Write somebody into the draft, or in reserve."""
    at = opened(consortium_id, "write")
    role_id = request.form.get("role", None, int)
    reserve = "reserve" in request.form
    try:
        plan_person(
            session(),
            at,
            viewer(),
            request.form.get("who", 0, int),
            now(),
            actor_id=account_id(),
            role_id=role_id,
            reserve=reserve,
        )
    except ServiceError as error:
        refused(error)
    else:
        done(
            _("In reserve. Write down why you would ask, so that they can step in.")
            if reserve
            else _("In the draft. Nobody is told until you ask.")
        )
    return bench(consortium_id, "team", role_id)


@blueprint.get("/<int:consortium_id>/members/new")
@signed_in
def new_partner(consortium_id: int) -> ResponseReturnValue:
    """Show the form for a partner from outside."""
    return _page(consortium_id, PartnerForm(None), None)


@blueprint.post("/<int:consortium_id>/members/new")
@signed_in
def add_partner_now(consortium_id: int) -> ResponseReturnValue:
    """Add a partner from outside."""
    return _save(consortium_id, None)


@blueprint.get("/<int:consortium_id>/members/<int:member_id>")
@signed_in
def member(consortium_id: int, member_id: int) -> ResponseReturnValue:
    """Show what is said of a member by hand."""
    row = find_member(session(), opened(consortium_id, "write"), member_id)
    form = PartnerForm(
        None,
        organisation=row.organisation,
        country=row.country,
        type=row.type or "",
        pic=row.pic,
        role=str(row.role_id or ""),
        same_as=str(row.same_as_id or ""),
    )
    return _page(consortium_id, form, row)


@blueprint.post("/<int:consortium_id>/members/<int:member_id>")
@signed_in
def describe_now(consortium_id: int, member_id: int) -> ResponseReturnValue:
    """Say of a member what the profile does not."""
    return _save(consortium_id, member_id)


@blueprint.post("/<int:consortium_id>/members/<int:member_id>/remove")
@signed_in
def take_out_now(consortium_id: int, member_id: int) -> ResponseReturnValue:
    """Take somebody out of the draft."""
    at = opened(consortium_id, "write")
    try:
        take_out(session(), desk().write, at, member_id, now(), actor_id=account_id())
    except ServiceError as error:
        refused(error)
    else:
        done(_("Taken out. Who knew of it gets a letter."), mails=True)
    return bench(consortium_id, "team")


def _save(consortium_id: int, member_id: int | None) -> ResponseReturnValue:
    at = opened(consortium_id, "write")
    row = find_member(session(), at, member_id) if member_id else None
    form = _offered(consortium_id, PartnerForm(), row)
    if form.validate_on_submit():
        wish = OutsidePartner(
            read(form.organisation),
            form.country.data,
            form.type.data,
            read(form.pic) or "",
            int(form.role.data) if form.role.data else None,
            int(form.same_as.data) if form.same_as.data else None,
        )
        try:
            if member_id is None:
                add_outside(session(), at, wish, now(), actor_id=account_id())
            else:
                describe_member(session(), at, member_id, wish, now(), actor_id=account_id())
        except BadValue as error:
            form.organisation.errors = [stopped(error)]
        except ServiceError as error:
            refused(error)
            return bench(consortium_id, "team")
        else:
            done(_("Saved. The rules are checked with it."))
            return bench(consortium_id, "team")
    return _page(consortium_id, form, row), 422


def _offered(consortium_id: int, form: PartnerForm, row: ConsortiumMember | None) -> PartnerForm:
    at = opened(consortium_id, "write")
    others = [one for one in entities_in(session(), at, viewer()) if one.counts]
    roles = roles_of_consortium(session(), consortium_id)
    form.offer(roles, (one for one in others if row is None or one.member.id != row.id))
    return form


def _page(consortium_id: int, form: PartnerForm, row: ConsortiumMember | None) -> str:
    at = opened(consortium_id, "write")
    form = _offered(consortium_id, form, row)
    known = {one.member.id: one for one in entities_in(session(), at, viewer())}
    entity = known[row.id] if row else None
    return render_template("consortia/member.html", at=at, form=form, entity=entity)
