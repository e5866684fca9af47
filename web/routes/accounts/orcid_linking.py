"""Tying ORCID to an account: a new one by a mailed link, one that is there by its password."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from services.accounts_tokens import LinkDead
from services.consents import note_terms
from services.identities import ORCID, IdentityTaken, OnlyWayIn, account_of, link, unlink
from services.identities_registration import OtherBrowser, open_account, read_opening
from web import jobs, orcid
from web.access import public, signed_in
from web.account_words import SENTENCES
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.accounts import ProvingForm
from web.forms.orcid import KnownForm, NewForm
from web.legal import text_language
from web.limits import limiter
from web.locale import chosen_language
from web.login import account_id
from web.routes.accounts.base import blueprint, enter, prove, prove_again
from web.routes.accounts.orcid import new_page


@blueprint.post("/sign-in/orcid/known")
@public
@limiter.limit("30 per 5 minutes")
def orcid_known() -> ResponseReturnValue:
    """Link to an account whose password somebody knows, and let them in."""
    someone, form = orcid.pending(), KnownForm(prefix="known-")
    if someone is None:
        return redirect(url_for("accounts.sign_in"))
    new = NewForm(formdata=None, prefix="new-")
    if not form.validate_on_submit():
        return new_page(new, form), 422
    proven = prove(form.email.data, form.password.data)
    if proven is None:
        jobs.wake_mail()
        form.form_errors.append(_("The address or the password is not right."))
        return new_page(new, form), 422
    try:
        link(session(), desk(), proven, ORCID, someone.subject, now())
    except IdentityTaken as error:
        form.form_errors.append(SENTENCES[error.code])
        return new_page(new, form), 422
    session().commit()
    jobs.wake_mail()
    enter(proven)
    flash(_("From now on you can sign in with ORCID."))
    return redirect(url_for("profile.edit"))


@blueprint.get("/sign-in/orcid/confirm/<token>")
@public
def orcid_confirm(token: str) -> ResponseReturnValue:
    """Show a button; opening the link changes nothing."""
    try:
        opening = read_opening(desk(), token, now())
    except LinkDead:
        return _dead()
    someone = orcid.pending()
    same = someone is not None and someone.subject == opening.subject
    return render_template(
        "accounts/orcid_confirm.html", opening=opening, same=same, form=FlaskForm(), token=token
    )


@blueprint.post("/sign-in/orcid/confirm/<token>")
@public
@limiter.limit("30 per hour")
def orcid_confirm_now(token: str) -> ResponseReturnValue:
    """Open the account, and enter."""
    someone = orcid.pending()
    subject = someone.subject if someone else ""
    try:
        opened = open_account(session(), desk(), token, subject, chosen_language(), now())
        note_terms(session(), opened, text_language(), now())
    except OtherBrowser:
        return redirect(url_for("accounts.orcid_confirm", token=token))
    except (LinkDead, IdentityTaken):
        return _dead()
    session().commit()
    enter(opened)
    flash(_("Your address is confirmed, and you are signed in."))
    return redirect(url_for("profile.edit"))


@blueprint.get("/account/orcid")
@signed_in
def orcid_link() -> ResponseReturnValue:
    """Ask whether to link the iD that came back; somebody else's browser may have sent it."""
    someone = orcid.pending()
    if someone is None:
        return redirect(url_for("accounts.settings"))
    return _link_page(someone, ProvingForm())


@blueprint.post("/account/orcid")
@signed_in
@limiter.limit("20 per hour")
def orcid_link_now() -> ResponseReturnValue:
    """Link it; by the password, because from then on ORCID does what the password does."""
    someone, form = orcid.pending(), ProvingForm()
    if someone is None:
        return redirect(url_for("accounts.settings"))
    proven = prove_again(form) if form.validate_on_submit() else None
    if proven is None:
        return _link_page(someone, form), 422
    orcid.forget()
    try:
        link(session(), desk(), proven, ORCID, someone.subject, now())
    except IdentityTaken as error:
        flash(SENTENCES[error.code], "warning")
        return redirect(url_for("accounts.settings"))
    session().commit()
    jobs.wake_mail()
    flash(_("From now on you can sign in with ORCID."))
    return redirect(url_for("accounts.settings"))


@blueprint.post("/account/orcid/unlink")
@signed_in
def orcid_unlink() -> ResponseReturnValue:
    """Take ORCID off the account."""
    try:
        unlink(session(), account_id(), ORCID)
    except OnlyWayIn as error:
        flash(SENTENCES[error.code], "warning")
    else:
        session().commit()
        flash(_("ORCID no longer opens your account."))
    return redirect(url_for("accounts.settings"))


def _link_page(someone: orcid.Someone, form: ProvingForm) -> str:
    owner = account_of(session(), ORCID, someone.subject)
    taken = owner is not None and owner.id != account_id()
    return render_template("accounts/orcid_link.html", someone=someone, taken=taken, form=form)


def _dead() -> ResponseReturnValue:
    return render_template("accounts/link_dead.html", again="accounts.sign_in"), 410
