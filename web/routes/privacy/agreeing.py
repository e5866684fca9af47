"""Giving consent and withdrawing it: one button each."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.consents import WORDINGS, give, note_terms, withdraw
from services.consents_reading import GENDER, SHOWING
from services.profiles import NothingToShow, own_profile, publish_again, set_gender, start_profile
from web import jobs
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.privacy import GENDERS
from web.legal import text_language
from web.local_path import local_path
from web.login import account, account_id
from web.routes.privacy.base import blueprint


@blueprint.post("/agree")
@signed_in
def agree() -> ResponseReturnValue:
    """Consent to one purpose."""
    purpose = _purpose()
    if purpose == GENDER:
        gender = request.form.get("gender", "")
        if gender not in GENDERS:
            flash(_("Choose a gender, or leave the question alone."), "warning")
            return redirect(url_for("privacy.index"))
        set_gender(start_profile(session(), account(), now()), gender, now())
    give(session(), account_id(), (purpose,), text_language(), now())
    if purpose == SHOWING and not _shown_again():
        return redirect(url_for("profile.step", slug="you"))
    session().commit()
    flash(_("Your consent is noted. You can withdraw it here at any time."))
    return redirect(url_for("privacy.index"))


@blueprint.post("/withdraw")
@signed_in
def withdraw_now() -> ResponseReturnValue:
    """Withdraw one purpose; what hangs on it ends at once."""
    withdraw(session(), account_id(), (_purpose(),), text_language(), now())
    session().commit()
    jobs.wake_encoding()
    flash(_("Your consent is withdrawn. What depended on it has ended."))
    return redirect(url_for("privacy.index"))


@blueprint.post("/texts")
@signed_in
def texts_read() -> ResponseReturnValue:
    """Note that somebody was told of the present legal texts."""
    note_terms(session(), account(), text_language(), now())
    session().commit()
    return redirect(local_path(request.form.get("next")))


def _purpose() -> str:
    purpose = request.form.get("purpose", "")
    if purpose not in WORDINGS:
        abort(400)
    return purpose


def _shown_again() -> bool:
    """Publish the profile as it was before; without a name it cannot be."""
    profile = own_profile(session(), account_id())
    try:
        if profile is not None:
            publish_again(session(), profile, now())
    except NothingToShow:
        flash(_("Write your name before you publish."), "error")
        return False
    return True
