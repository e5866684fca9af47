"""What an invited person finds behind the link of the letter. Opening it changes nothing."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from models import Account
from services.accounts import find_account
from services.accounts_tokens import LinkDead
from services.consents import note_terms
from services.invitation_accounts import open_account
from services.invitation_answers import Invitation, accept, read_invitation, refuse
from services.profile_content import contents
from services.profiles import own_profile
from web import jobs
from web.access import public
from web.clock import now
from web.database import session
from web.desk import desk
from web.forms.invitations import InvitedForm
from web.legal import text_language
from web.limits import limiter
from web.locale import chosen_language
from web.login import account
from web.routes.accounts.base import enter

blueprint = Blueprint("invitations", __name__, url_prefix="/invitations")


@blueprint.get("/<token>")
@public
@limiter.limit("60 per hour")
def show(token: str) -> ResponseReturnValue:
    """Show what the organisers entered, and ask what is to become of it."""
    found = _read(token)
    return _page(token, found, InvitedForm()) if found else _dead()


@blueprint.post("/<token>")
@public
@limiter.limit("30 per hour")
def accept_now(token: str) -> ResponseReturnValue:
    """Take the profile over: into the account that is signed in, or into a new one."""
    found = _read(token)
    if found is None:
        return _dead()
    slug = found.edition.slug
    if current_user.is_authenticated:
        accept(session(), account(), found, now())
        session().commit()
    else:
        form = InvitedForm()
        form.address = found.profile.email
        if not form.validate_on_submit():
            return _page(token, found, form), 422
        try:
            opened = _open(found, form.new_password.data)
        except LinkDead:
            return redirect(url_for("invitations.show", token=token))
        session().commit()
        enter(opened)
    jobs.wake_encoding()
    flash(_("The profile is yours. One thing is left: agree below, and you are found."))
    return redirect(url_for("editions.show", slug=slug))


@blueprint.post("/<token>/refuse")
@public
@limiter.limit("30 per hour")
def refuse_now(token: str) -> ResponseReturnValue:
    """Delete the profile."""
    found = _read(token)
    if found is None:
        return _dead()
    refuse(session(), found, now())
    session().commit()
    jobs.wake_registrants()
    flash(_("What the organisers had entered about you is deleted."))
    return redirect(url_for("front.index"))


def _open(found: Invitation, password: str) -> Account:
    opened = open_account(session(), desk(), found, password, chosen_language(), now())
    note_terms(session(), opened, text_language(), now())
    return opened


def _read(token: str) -> Invitation | None:
    try:
        return read_invitation(session(), desk(), token, now())
    except LinkDead:
        return None


def _page(token: str, found: Invitation, form: InvitedForm) -> str:
    signed_in = current_user.is_authenticated
    known = find_account(session(), found.profile.email)
    return render_template(
        "invitations/show.html",
        token=token,
        edition=found.edition,
        profile=found.profile,
        content=contents(session(), [found.profile])[found.profile.id],
        form=form,
        signed_in=account().email if signed_in else "",
        own=own_profile(session(), account().id) if signed_in else None,
        known=known is not None and known.confirmed_at is not None,
    )


def _dead() -> ResponseReturnValue:
    return render_template("accounts/link_dead.html", again="accounts.sign_in"), 410
