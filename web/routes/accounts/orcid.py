"""Signing in with ORCID: there and back, and what is to become of somebody who is new."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_login import current_user

from services.identities import ORCID, account_of
from services.identities_registration import Opening, ask_address
from web import jobs, orcid, orcid_proof
from web.access import public, signed_in
from web.clock import now
from web.config import settings
from web.database import session
from web.desk import desk
from web.forms.orcid import KnownForm, NewForm
from web.letters import link_base
from web.limits import limiter
from web.local_path import local_path
from web.locale import chosen_language
from web.routes.accounts.base import blueprint, enter

_NEXT = "orcid_next"
_SENTENCES = {
    "orcid-denied": _("You did not allow ORCID to tell us your iD, so nothing was changed."),
    "orcid-replayed": _("This way back from ORCID was used already, or begun in another browser."),
    "orcid-silent": _("ORCID does not answer now. Try again later, or use your password."),
    "orcid-strange": _("ORCID gave an answer that proves nothing. Nothing was changed."),
}
_NOT_PROVEN = _(
    "ORCID did not show that it is you: sign in there again, with the iD that opens this account."
)


@blueprint.get("/sign-in/orcid")
@public
@limiter.limit("30 per 5 minutes")
def orcid_begin() -> ResponseReturnValue:
    """Send the browser to ORCID, and remember where it wanted to go."""
    orcid_proof.was_asked()
    return _go_there()


@blueprint.get("/account/orcid/prove")
@signed_in
@limiter.limit("30 per 5 minutes")
def orcid_prove() -> ResponseReturnValue:
    """Send the browser to ORCID to sign in afresh, as proof of who sits here."""
    orcid_proof.ask()
    return _go_there(afresh=True)


@blueprint.get("/sign-in/orcid/back")
@public
@limiter.limit("30 per 5 minutes")
def orcid_back() -> ResponseReturnValue:
    """Let in whoever comes back and is known; ask the others who they are."""
    _must_be_offered()
    proving = orcid_proof.was_asked() and current_user.is_authenticated
    try:
        someone = orcid.finish()
    except orcid.OrcidTrouble as error:
        return _trouble(error), 502 if error.code == "orcid-silent" else 400
    wish = local_path(cookie.pop(_NEXT, None))
    if proving:
        if not orcid_proof.accept(someone):
            flash(_NOT_PROVEN, "warning")
        return redirect(wish)
    account = account_of(session(), ORCID, someone.subject)
    if current_user.is_authenticated:
        orcid.remember(someone)
        return redirect(url_for("accounts.orcid_link"))
    if account is not None and account.confirmed_at is not None:
        enter(account, remember=False)
        return redirect(wish)
    orcid.remember(someone)
    # A mailed link that was opened in this browser too early goes on where it stopped.
    if wish.startswith(url_for("accounts.orcid_confirm", token="")):
        return redirect(wish)
    return redirect(url_for("accounts.orcid_new"))


@blueprint.get("/sign-in/orcid/new")
@public
def orcid_new() -> ResponseReturnValue:
    """Ask whether somebody has an account, and for the address if not."""
    if orcid.pending() is None:
        return redirect(url_for("accounts.sign_in"))
    return new_page(NewForm(prefix="new-"), KnownForm(prefix="known-"))


@blueprint.post("/sign-in/orcid/new")
@public
@limiter.limit("10 per hour")
def orcid_ask() -> ResponseReturnValue:
    """Mail a link to the address; the answer is the same whether or not it has an account."""
    someone, form = orcid.pending(), NewForm(prefix="new-")
    if someone is None:
        return redirect(url_for("accounts.sign_in"))
    if not form.validate_on_submit():
        return new_page(form, KnownForm(formdata=None, prefix="known-")), 422
    opening = Opening(form.email.data, someone.subject)
    ask_address(session(), desk(), opening, chosen_language(), now())
    session().commit()
    jobs.wake_mail()
    return redirect(url_for("accounts.orcid_sent"))


@blueprint.get("/sign-in/orcid/sent")
@public
def orcid_sent() -> ResponseReturnValue:
    """Say that a mail is on its way."""
    return render_template("accounts/orcid_sent.html", outbox=not settings().mail_server)


def new_page(new: NewForm, known: KnownForm) -> str:
    """Show both ways on: a new account, or the one that is there."""
    someone = orcid.pending()
    return render_template("accounts/orcid_new.html", new=new, known=known, someone=someone)


def _go_there(*, afresh: bool = False) -> ResponseReturnValue:
    _must_be_offered()
    cookie[_NEXT] = local_path(request.args.get("next"))
    try:
        return orcid.begin(link_base() + url_for("accounts.orcid_back"), afresh=afresh)
    except orcid.OrcidTrouble as error:
        return _trouble(error), 502


def _must_be_offered() -> None:
    if not orcid.is_offered():
        abort(404)


def _trouble(error: orcid.OrcidTrouble) -> str:
    return render_template("accounts/orcid_trouble.html", text=_SENTENCES[error.code])
