"""Accounts: finding one, unlocking it, deleting it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlmodel import select

from models import Edition
from services.account_search import find_accounts, held_roles
from services.accounts import get_account
from services.accounts_erasure import erase, spellings
from services.accounts_sign_in import unlock
from services.roles import LastAdministrator
from web import jobs
from web.access import administrator
from web.account_words import sentence
from web.clock import now
from web.database import session
from web.desk import desk
from web.edition_words import edition_name
from web.erasing import leave_no_trace
from web.forms.admin import ROLE_NAMES, RoleForm
from web.routes.admin.base import blueprint


@blueprint.get("/admin/accounts")
@administrator
def accounts() -> ResponseReturnValue:
    """List accounts, a page at a time, with a search."""
    text = request.args.get("q", "").strip()
    found = find_accounts(session(), text, request.args.get("page", 1, int))
    return render_template(
        "admin/accounts.html", found=found, text=text, now=now(), role_names=ROLE_NAMES
    )


@blueprint.get("/admin/accounts/<int:account_id>")
@administrator
def account(account_id: int) -> ResponseReturnValue:
    """Show one account: its state, its roles, what can be done."""
    row = get_account(session(), account_id)
    editions = {one.slug: one for one in session().exec(select(Edition))}
    form = RoleForm()
    form.offer_editions({slug: edition_name(one) for slug, one in editions.items()})
    return render_template(
        "admin/account.html",
        account=row,
        roles=held_roles(session(), [row.id]).get(row.id, ()),
        editions=editions,
        form=form,
        now=now(),
        role_names=ROLE_NAMES,
    )


@blueprint.post("/admin/accounts/<int:account_id>/unlock")
@administrator
def unlock_account(account_id: int) -> ResponseReturnValue:
    """Lift a lock-out."""
    unlock(session(), account_id)
    session().commit()
    flash(_("The account is open again."))
    return redirect(url_for("admin.account", account_id=account_id))


@blueprint.get("/admin/accounts/<int:account_id>/delete")
@administrator
def delete_account(account_id: int) -> ResponseReturnValue:
    """Say what goes, and ask once more."""
    row = get_account(session(), account_id)
    return render_template("admin/delete_account.html", account=row, form=FlaskForm())


@blueprint.post("/admin/accounts/<int:account_id>/delete")
@administrator
def delete_account_now(account_id: int) -> ResponseReturnValue:
    """Delete an account with everything that it says of its owner."""
    told = spellings(session(), get_account(session(), account_id))
    try:
        erase(session(), desk(), account_id, now())
    except LastAdministrator as error:
        flash(sentence(error), "error")
        return redirect(url_for("admin.account", account_id=account_id))
    session().commit()
    leave_no_trace(told)
    jobs.wake_mail()
    jobs.wake_encoding()
    flash(_("The account is deleted, and its owner gets a mail."))
    return redirect(url_for("admin.accounts"))
