"""Changing the own password, and asking to move to another address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.accounts_credentials import ask_move, change_password
from web import jobs
from web.access import signed_in
from web.account_words import SENTENCES
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.accounts import ChangePasswordForm, MoveForm
from web.limits import limiter
from web.login import account
from web.routes.accounts.base import blueprint, enter, prove


@blueprint.get("/account/password", endpoint="change_password")
@signed_in
def show_change_password() -> ResponseReturnValue:
    """Ask for the old password and a new one."""
    return render_template("accounts/change_password.html", form=ChangePasswordForm())


@blueprint.post("/account/password")
@signed_in
@limiter.limit("20 per hour")
def change_password_now() -> ResponseReturnValue:
    """Set another password; every other session of the account ends."""
    form, email = ChangePasswordForm(), account().email
    form.address = email
    if not form.validate_on_submit():
        return render_template("accounts/change_password.html", form=form), 422
    proven = prove(email, form.password.data)
    if proven is None:
        form.password.errors = [SENTENCES["wrong-password"]]
        return render_template("accounts/change_password.html", form=form), 422
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
    return render_template("accounts/ask_move.html", form=MoveForm())


@blueprint.post("/account/address")
@signed_in
@limiter.limit("10 per hour")
def ask_move_now() -> ResponseReturnValue:
    """Mail a link to the new address; until it is opened nothing changes."""
    form, email = MoveForm(), account().email
    if not form.validate_on_submit():
        return render_template("accounts/ask_move.html", form=form), 422
    proven = prove(email, form.password.data)
    if proven is None:
        form.password.errors = [SENTENCES["wrong-password"]]
        return render_template("accounts/ask_move.html", form=form), 422
    ask_move(session(), desk(), proven.id, form.email.data, now())
    session().commit()
    jobs.wake_mail()
    flash(_("We have sent a mail to the new address. Open its link to finish."))
    return redirect(url_for("accounts.settings"))
