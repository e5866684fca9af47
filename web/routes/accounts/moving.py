"""The mailed link that gives an account its new address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from services.accounts_credentials import address_to_move_to
from services.accounts_credentials import move as move_account
from services.accounts_tokens import LinkDead
from web import jobs
from web.access import public
from web.clock import now
from web.database import session
from web.desk import desk
from web.limits import limiter
from web.routes.accounts.base import blueprint, enter


@blueprint.get("/new-address/<token>")
@public
def move(token: str) -> ResponseReturnValue:
    """Show a button; opening the link changes nothing."""
    try:
        address = address_to_move_to(session(), desk(), token, now())
    except LinkDead:
        return _dead()
    return render_template("accounts/move.html", email=address)


@blueprint.post("/new-address/<token>")
@public
@limiter.limit("30 per hour")
def move_now(token: str) -> ResponseReturnValue:
    """Give the account its new address; every other session of it ends."""
    mine = current_user.account.id if current_user.is_authenticated else None
    try:
        account = move_account(session(), desk(), token, now())
    except LinkDead:
        return _dead()
    session().commit()
    jobs.wake_mail()
    flash(_("Your account has its new address."))
    if account.id != mine:
        return redirect(url_for("accounts.sign_in"))
    enter(account)
    return redirect(url_for("accounts.settings"))


def _dead() -> ResponseReturnValue:
    return render_template("accounts/link_dead.html", again="accounts.settings"), 410
