"""Registering, and confirming the address by a mailed link."""

import hmac

from flask import flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Account
from services.accounts import find_account
from services.accounts_registration import Registration, account_to_confirm, register
from services.accounts_registration import confirm as confirm_account
from services.accounts_tokens import LinkDead, mark_of
from services.consents import note_terms
from web import jobs
from web.access import public
from web.clock import now
from web.config import settings
from web.database import session
from web.desk import desk
from web.forms.accounts import ConfirmForm, RegisterForm
from web.legal import text_language
from web.limits import limiter
from web.locale import chosen_language
from web.routes.accounts.base import blueprint, enter, knows_password

_CHOSEN_HERE = "registered"


@blueprint.get("/register", endpoint="register")
@public
def show_register() -> ResponseReturnValue:
    """Show the form for a new account."""
    return render_template("accounts/register.html", form=RegisterForm())


@blueprint.post("/register")
@public
@limiter.limit("10 per hour")
def register_now() -> ResponseReturnValue:
    """Make an account; the answer is the same whether or not there was one before."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return render_template("accounts/register.html", form=form), 422
    wish = Registration(form.email.data, form.password.data, chosen_language())
    register(session(), desk(), wish, now())
    session().commit()
    _remember_browser(wish.email)
    jobs.wake_mail()
    return redirect(url_for("accounts.registered"))


@blueprint.get("/register/sent")
@public
def registered() -> ResponseReturnValue:
    """Say that a mail is on its way."""
    return render_template("accounts/registered.html", outbox=not settings().mail_server)


@blueprint.get("/confirm/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Ask for the password; opening a link changes nothing, for programs that read mail do it."""
    try:
        account = account_to_confirm(session(), desk(), token, now())
    except LinkDead:
        return _dead()
    return _confirm_page(account, ConfirmForm())


@blueprint.post("/confirm/<token>")
@public
@limiter.limit("30 per hour")
def confirm_now(token: str) -> ResponseReturnValue:
    """Confirm the address and enter.

    The password keeps out whoever registered with somebody else's address: its owner, who opens
    the link, does not know that password, and the stranger has no link. The browser in which that
    very password was chosen need not be asked for it again.
    """
    try:
        waiting = account_to_confirm(session(), desk(), token, now())
        form = ConfirmForm()
        if _chose_the_password(waiting):
            del form.password
        if not form.validate_on_submit():
            return _confirm_page(waiting, form), 422
        if form.password and not knows_password(waiting.email, form.password.data):
            form.password.errors = [_("This is not the password that was chosen here.")]
            return _confirm_page(waiting, form), 422
        account = confirm_account(session(), desk(), token, now())
        note_terms(session(), account, text_language(), now())
    except LinkDead:
        return _dead()
    session().commit()
    enter(account)
    flash(_("Your address is confirmed, and you are signed in."))
    return redirect(url_for("profile.edit"))


def _confirm_page(account: Account, form: ConfirmForm) -> str:
    if form.password and _chose_the_password(account):
        del form.password
    return render_template("accounts/confirm.html", email=account.email, form=form)


def _remember_browser(email: str) -> None:
    # Kept for every address alike, so that the cookie does not tell which ones have an account.
    account = find_account(session(), email)
    if account is not None:
        cookie[_CHOSEN_HERE] = mark_of(account)


def _chose_the_password(account: Account) -> bool:
    return hmac.compare_digest(cookie.get(_CHOSEN_HERE, ""), mark_of(account))


def _dead() -> ResponseReturnValue:
    return render_template("accounts/link_dead.html", again="accounts.register"), 410
