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
from web.account_words import sentence
from web.clock import now
from web.database import session
from web.desk import desk
from web.erasing import leave_no_trace
from web.forms.accounts import DeleteForm
from web.limits import limiter
from web.orcid_proof import Ways, ways_for
from web.routes.accounts.base import blueprint, prove_again


@blueprint.get("/account/delete")
@signed_in
def delete() -> ResponseReturnValue:
    """Say what goes, and ask who it is."""
    form = DeleteForm()
    return _page(form, ways_for(form))


@blueprint.post("/account/delete")
@signed_in
@limiter.limit("20 per hour")
def delete_now() -> ResponseReturnValue:
    """Delete the account with everything that it says of its owner."""
    form = DeleteForm()
    ways = ways_for(form)
    proven = prove_again(form) if form.validate_on_submit() else None
    if proven is None:
        return _page(form, ways), 422
    told = spellings(session(), proven)
    try:
        erase(session(), desk(), proven.id, now())
    except LastAdministrator as error:
        form.form_errors.append(sentence(error))
        return _page(form, ways), 422
    session().commit()
    leave_no_trace(told)
    jobs.wake_mail()
    jobs.wake_encoding()
    logout_user()
    cookie.clear()
    flash(_("Your account and everything in it is deleted."))
    return redirect(url_for("front.index"))


def _page(form: DeleteForm, ways: Ways) -> str:
    return render_template("accounts/delete.html", form=form, ways=ways)
