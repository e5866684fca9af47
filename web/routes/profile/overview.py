"""The profile at a glance: its steps, who sees it, what is read of it, what was found."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models import Profile
from services.completeness import Progress, place_ahead, progress
from services.editions import editions_of
from services.identities import ORCID, identity_of
from services.profiles import chosen_visibility, content_of
from services.profiles_claims import claimable
from services.visibility import Viewer
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.importing import SourceForm
from web.forms.profile import VISIBILITY_NAMES
from web.login import account, account_id
from web.profile_steps import STEPS, step_items, step_url
from web.routes.profile.base import blueprint, find_own, own, reading


@blueprint.get("")
@signed_in
def edit() -> ResponseReturnValue:
    """Show what the profile says, step by step, and lead to each."""
    profile = find_own()
    content = content_of(session(), profile) if profile else {}
    return render_template(
        "profile/overview.html",
        profile=profile,
        content=content,
        steps=list(zip(STEPS, step_items(profile, content), strict=True)),
        step_url=step_url,
        form=_source(profile),
        progress=_progress(profile),
        found=claimable(session(), account()),
        reading=reading(profile),
        takes_part=editions_of(session(), profile.id) if profile else [],
        visibility_names=VISIBILITY_NAMES,
        chosen_visibility=chosen_visibility(session(), profile) if profile else "",
    )


def _progress(profile: Profile | None) -> Progress | None:
    if profile is None:
        return None
    viewer = Viewer(profile.id, current_user.permissions)
    return progress(session(), profile, place_ahead(session(), profile, now()), viewer)


def _source(profile: Profile | None) -> SourceForm:
    """Offer the record of whoever came by ORCID and has not begun yet."""
    form = SourceForm()
    if profile is None:
        identity = identity_of(session(), account_id(), ORCID)
        form.text.data = identity.subject if identity else ""
    return form


@blueprint.get("/reading")
@signed_in
def reading_line() -> ResponseReturnValue:
    """Give the line that says how much is still to be read; a page asks for it again and again."""
    return render_template("profile/_reading.html", reading=reading(own()))
