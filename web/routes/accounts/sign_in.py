"""Signing in and out."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from services.accounts_sessions import end_all_sessions, end_session
from services.accounts_sign_in import LOCKED_FOR, TRIES
from web import jobs
from web.access import public, signed_in
from web.clock import now
from web.database import session
from web.forms.accounts import SignInForm
from web.kept_form import kept_form
from web.limits import limiter
from web.local_path import local_path
from web.login import account_id
from web.routes.accounts.base import blueprint, enter, prove


@blueprint.get("/sign-in", endpoint="sign_in")
@public
def show_sign_in() -> ResponseReturnValue:
    """Show the form, or go on if somebody is signed in."""
    wish = request.args.get("next")
    if current_user.is_authenticated:
        return redirect(local_path(wish))
    return _page(SignInForm(next=wish))


@blueprint.post("/sign-in")
@public
@limiter.limit("30 per 5 minutes")
def sign_in_now() -> ResponseReturnValue:
    """Let somebody in; a refusal never says whether the address has an account."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 422
    account = prove(form.email.data, form.password.data)
    if account is None:
        jobs.wake_mail()
        form.form_errors.append(_("The address or the password is not right."))
        return _page(form), 422
    enter(account, remember=form.remember.data)
    kept = kept_form(form.kept.data) if form.kept.data else None
    if kept is not None:
        return render_template("accounts/kept.html", kept=kept)
    return redirect(local_path(form.next.data or request.args.get("next")))


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Sign out in this browser; a copy of its cookie opens nothing any more."""
    if current_user.is_authenticated:
        end_session(session(), current_user.account.id, current_user.key, now())
        session().commit()
    return _left()


@blueprint.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """Sign out in every browser."""
    end_all_sessions(session(), account_id())
    session().commit()
    flash(_("You are signed out everywhere."))
    return _left()


def _left() -> ResponseReturnValue:
    language, flashes = cookie.get("language"), cookie.get("_flashes")
    logout_user()
    cookie.clear()
    if language:
        cookie["language"] = language
    if flashes:
        cookie["_flashes"] = flashes
    return redirect(url_for("front.index"))


def _page(form: SignInForm) -> str:
    minutes = round(LOCKED_FOR.total_seconds() / 60)
    return render_template("accounts/sign_in.html", form=form, tries=TRIES, minutes=minutes)
