"""The page on which a person sees to the own account."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from services.identities import NO_PASSWORD, ORCID, identity_of
from services.role_requests import AlreadyAsked, ask_for_coordinator, waiting_request
from web.access import signed_in
from web.account_words import sentence
from web.clock import now
from web.database import session
from web.forms.accounts import CoordinatorForm
from web.login import account, account_id
from web.routes.accounts.base import blueprint


@blueprint.get("/account")
@signed_in
def settings() -> ResponseReturnValue:
    """Show address, password and roles."""
    return _page(CoordinatorForm())


@blueprint.post("/account/coordinator")
@signed_in
def ask_coordinator() -> ResponseReturnValue:
    """Ask to be a coordinator."""
    form = CoordinatorForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        ask_for_coordinator(session(), account_id(), form.reason.data, now())
    except AlreadyAsked as error:
        flash(sentence(error), "warning")
    else:
        session().commit()
        flash(_("Your request is on its way to the organisers."))
    return redirect(url_for("accounts.settings"))


def _page(form: CoordinatorForm) -> str:
    waiting = None
    if not current_user.permissions.coordinator:
        waiting = waiting_request(session(), account_id())
    return render_template(
        "accounts/settings.html",
        form=form,
        waiting=waiting,
        account=account(),
        identity=identity_of(session(), account_id(), ORCID),
        has_password=account().password_hash != NO_PASSWORD,
    )
