"""A forgotten password, and the mailed link that sets a new one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.accounts_credentials import account_to_reset, ask_reset
from services.accounts_credentials import reset as reset_password
from services.accounts_tokens import LinkDead
from web import jobs
from web.access import public
from web.clock import now
from web.config import settings
from web.database import session
from web.desk import desk
from web.forms.accounts import ForgottenForm, ResetForm
from web.limits import limiter
from web.routes.accounts.base import blueprint


@blueprint.get("/forgotten-password", endpoint="forgotten")
@public
def show_forgotten() -> ResponseReturnValue:
    """Ask for the address."""
    return render_template("accounts/forgotten.html", form=ForgottenForm())


@blueprint.post("/forgotten-password")
@public
@limiter.limit("10 per hour")
def forgotten_now() -> ResponseReturnValue:
    """Mail a link if the address has an account; the answer is the same if not."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 422
    ask_reset(session(), desk(), form.email.data, now())
    session().commit()
    jobs.wake_mail()
    return redirect(url_for("accounts.forgotten_sent"))


@blueprint.get("/forgotten-password/sent")
@public
def forgotten_sent() -> ResponseReturnValue:
    """Say that a mail is on its way."""
    return render_template("accounts/forgotten_sent.html", outbox=not settings().mail_server)


@blueprint.get("/reset-password/<token>")
@public
def reset(token: str) -> ResponseReturnValue:
    """Ask for the new password."""
    try:
        account = account_to_reset(session(), desk(), token, now())
    except LinkDead:
        return render_template("accounts/link_dead.html", again="accounts.forgotten"), 410
    return render_template("accounts/reset.html", form=ResetForm(), email=account.email)


@blueprint.post("/reset-password/<token>")
@public
@limiter.limit("30 per hour")
def reset_now(token: str) -> ResponseReturnValue:
    """Set the new password; every session of the account ends."""
    form = ResetForm()
    try:
        account = account_to_reset(session(), desk(), token, now())
        form.address = account.email
        if not form.validate_on_submit():
            return render_template("accounts/reset.html", form=form, email=account.email), 422
        # Let go of the database while the new password is hashed.
        session().rollback()
        reset_password(session(), desk(), token, form.new_password.data, now())
    except LinkDead:
        return render_template("accounts/link_dead.html", again="accounts.forgotten"), 410
    session().commit()
    jobs.wake_mail()
    flash(_("Your new password is set. Sign in with it."))
    return redirect(url_for("accounts.sign_in"))
