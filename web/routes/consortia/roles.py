"""The roles of a consortium: adding, changing, taking out."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.consortium_roles import RoleWish, find_role, remove_role, set_role
from services.profile_values import BadValue
from web.access import signed_in
from web.clock import now
from web.consortium_words import stopped
from web.database import session
from web.forms.consortia import RoleForm
from web.login import account_id
from web.routes.consortia.base import bench, blueprint, done, opened


@blueprint.post("/<int:consortium_id>/roles")
@signed_in
def add_role_now(consortium_id: int) -> ResponseReturnValue:
    """Add a role."""
    return _save(consortium_id, None)


@blueprint.get("/<int:consortium_id>/roles/<int:role_id>")
@signed_in
def role(consortium_id: int, role_id: int) -> ResponseReturnValue:
    """Show the form of a role."""
    at = opened(consortium_id, "write")
    row = find_role(session(), at, role_id)
    form = RoleForm(
        None,
        text=row.text,
        weight=str(row.weight),
        side=row.side or "",
        organisation_type=row.organisation_type or "",
    )
    form.offer(at.edition)
    return render_template("consortia/role.html", at=at, form=form, role=row)


@blueprint.post("/<int:consortium_id>/roles/<int:role_id>")
@signed_in
def change_role_now(consortium_id: int, role_id: int) -> ResponseReturnValue:
    """Change a role."""
    return _save(consortium_id, role_id)


@blueprint.post("/<int:consortium_id>/roles/<int:role_id>/remove")
@signed_in
def remove_role_now(consortium_id: int, role_id: int) -> ResponseReturnValue:
    """Take a role out."""
    at = opened(consortium_id, "write")
    remove_role(session(), at, role_id, now(), actor_id=account_id())
    done(_("The role is taken out."))
    return bench(consortium_id)


def _save(consortium_id: int, role_id: int | None) -> ResponseReturnValue:
    at = opened(consortium_id, "write")
    form = RoleForm()
    form.offer(at.edition)
    row = find_role(session(), at, role_id) if role_id else None
    if form.validate_on_submit():
        wish = RoleWish(
            form.text.data,
            int(form.weight.data),
            form.side.data or None,
            form.organisation_type.data or None,
            role_id,
        )
        try:
            saved = set_role(session(), at, wish, now(), actor_id=account_id()).id
        except BadValue as error:
            form.text.errors = [stopped(error)]
        else:
            done(
                _("The role is saved. People for it are found as soon as it has been read."),
                texts=True,
            )
            return bench(consortium_id, role=saved)
    return render_template("consortia/role.html", at=at, form=form, role=row), 422
