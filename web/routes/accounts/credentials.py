"""Changing the own password, and asking to move to another address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.accounts_credentials import ask_move, change_password
from web import jobs, orcid_proof
from web.access import signed_in
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.accounts import ChangePasswordForm, MoveForm
from web.limits import limiter
from web.login import account
from web.orcid_proof import Ways, ways_for
from web.routes.accounts.base import blueprint, enter, prove_again


@blueprint.get("/account/password", endpoint="change_password")
@signed_in
def show_change_password() -> ResponseReturnValue:
    """Ask for the old password and a new one."""
    form = ChangePasswordForm()
    return _password_page(form, ways_for(form))


@blueprint.post("/account/password")
@signed_in
@limiter.limit("20 per hour")
def change_password_now() -> ResponseReturnValue:
    """Set another password; every other session of the account ends."""
    form = ChangePasswordForm()
    form.address = account().email
    ways = ways_for(form)
    proven = prove_again(form) if form.validate_on_submit() else None
    if proven is None:
        return _password_page(form, ways), 422
    changed = change_password(session(), desk(), proven.id, form.new_password.data, now())
    session().commit()
    jobs.wake_mail()
    enter(changed)
    flash(_("Your new password is set. Other browsers are signed out."))
    return redirect(url_for("accounts.settings"))


@blueprint.get("/account/address", endpoint="ask_move")
@signed_in
def show_ask_move() -> ResponseReturnValue:
    """Ask for the new address."""
    form = MoveForm()
    return _address_page(form, ways_for(form))


@blueprint.post("/account/address")
@signed_in
@limiter.limit("10 per hour")
def ask_move_now() -> ResponseReturnValue:
    """Mail a link to the new address; until it is opened nothing changes."""
    form = MoveForm()
    ways = ways_for(form)
    proven = prove_again(form) if form.validate_on_submit() else None
    if proven is None:
        return _address_page(form, ways), 422
    ask_move(session(), desk(), proven.id, form.email.data, now())
    session().commit()
    jobs.wake_mail()
    orcid_proof.spend()
    flash(_("We have sent a mail to the new address. Open its link to finish."))
    return redirect(url_for("accounts.settings"))


def _password_page(form: ChangePasswordForm, ways: Ways) -> str:
    return render_template("accounts/change_password.html", form=form, ways=ways)


def _address_page(form: MoveForm, ways: Ways) -> str:
    return render_template("accounts/ask_move.html", form=form, ways=ways)
