"""Giving roles to accounts and taking them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import select

from models import Edition
from services.editions import find_edition
from services.roles import ORGANISER, LastAdministrator, grant, withdraw
from web.access import administrator
from web.account_words import sentence
from web.database import session
from web.forms.admin import RoleForm
from web.routes.admin.base import blueprint


@blueprint.post("/admin/accounts/<int:account_id>/roles")
@administrator
def grant_role(account_id: int) -> ResponseReturnValue:
    """Give a role; an edition counts for organisers only."""
    form = RoleForm()
    form.offer_editions({slug: slug for slug in session().exec(select(Edition.slug))})
    if not form.validate_on_submit():
        flash(_("Choose one of the roles and editions in the lists."), "error")
        return redirect(url_for("admin.account", account_id=account_id))
    edition_id = None
    if form.role.data == ORGANISER and form.edition.data:
        edition_id = find_edition(session(), form.edition.data).id
    new = grant(session(), account_id, form.role.data, edition_id)
    session().commit()
    flash(_("The role is granted.") if new else _("The account holds this role already."))
    return redirect(url_for("admin.account", account_id=account_id))


@blueprint.post("/admin/accounts/<int:account_id>/roles/<int:role_id>/withdraw")
@administrator
def withdraw_role(account_id: int, role_id: int) -> ResponseReturnValue:
    """Take a role; the last administrator stays."""
    try:
        withdraw(session(), account_id, role_id)
    except LastAdministrator as error:
        flash(sentence(error), "error")
    else:
        session().commit()
        flash(_("The role is withdrawn."))
    return redirect(url_for("admin.account", account_id=account_id))
