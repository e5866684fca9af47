"""Deleting the own account."""

from flask import flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from services.accounts_erasure import erase, spellings
from services.roles import LastAdministrator
from web import jobs
from web.access import signed_in
from web.account_words import SENTENCES, sentence
from web.clock import now
from web.database import session
from web.desk import desk
from web.erasing import leave_no_trace
from web.forms.accounts import DeleteForm
from web.limits import limiter
from web.login import account
from web.routes.accounts.base import blueprint, prove


@blueprint.get("/account/delete")
@signed_in
def delete() -> ResponseReturnValue:
    """Say what goes, and ask for the password."""
    return render_template("accounts/delete.html", form=DeleteForm())


@blueprint.post("/account/delete")
@signed_in
@limiter.limit("20 per hour")
def delete_now() -> ResponseReturnValue:
    """Delete the account with everything that it says of its owner."""
    form, email = DeleteForm(), account().email
    if not form.validate_on_submit():
        return render_template("accounts/delete.html", form=form), 422
    proven = prove(email, form.password.data)
    if proven is None:
        form.password.errors = [SENTENCES["wrong-password"]]
        return render_template("accounts/delete.html", form=form), 422
    told = spellings(session(), proven)
    try:
        erase(session(), desk(), proven.id, now())
    except LastAdministrator as error:
        form.form_errors.append(sentence(error))
        return render_template("accounts/delete.html", form=form), 422
    session().commit()
    leave_no_trace(told)
    jobs.wake_mail()
    jobs.wake_encoding()
    logout_user()
    cookie.clear()
    flash(_("Your account and everything in it is deleted."))
    return redirect(url_for("front.index"))
