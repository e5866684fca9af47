"""Privacy at a glance: who sees what, what was agreed to, and what can be done with all of it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from services.consents import ledger, standings
from services.profiles import chosen_visibility, own_profile
from services.visibility_parts import levels_of
from web.access import signed_in
from web.database import session
from web.forms.privacy import GENDERS, PartsForm
from web.forms.profile import VISIBILITY_NAMES
from web.login import account_id
from web.routes.privacy.base import blueprint


@blueprint.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Show everything on one page."""
    return page(None)


@blueprint.get("/ledger")
@signed_in
def record() -> ResponseReturnValue:
    """List what was agreed to and withdrawn, and when."""
    return render_template("privacy/ledger.html", lines=ledger(session(), account_id()))


def page(form: PartsForm | None) -> str:
    """Make the page, with a form that was filled in wrongly if there is one."""
    profile = own_profile(session(), account_id())
    if form is None and profile is not None:
        form = PartsForm(data=levels_of(session(), profile.id))
    return render_template(
        "privacy/index.html",
        profile=profile,
        form=form,
        seen_by=VISIBILITY_NAMES[chosen_visibility(session(), profile)] if profile else "",
        standings=standings(session(), account_id()),
        genders=GENDERS,
    )
