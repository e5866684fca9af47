"""What a consortium is about, its rules, and handing it in."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.consortia import newer_rules, take_newer_rules
from services.consortium_access import Workspace
from services.consortium_closing import set_state
from services.consortium_editing import Frame, set_frame
from services.consortium_merging import offers_to, others_for_call
from services.errors import ServiceError
from services.people import person_lines
from services.presets import preset_row
from services.profile_values import BadValue
from web.access import signed_in
from web.clock import now
from web.consortium_words import stopped
from web.database import session
from web.desk import desk
from web.forms.clean import read
from web.forms.consortia import FrameForm
from web.login import account_id
from web.routes.consortia.base import bench, blueprint, done, opened, refused, viewer


@blueprint.get("/<int:consortium_id>/settings")
@signed_in
def settings(consortium_id: int) -> ResponseReturnValue:
    """Show what the consortium is about, who else builds, and its state."""
    at = opened(consortium_id)
    given = at.consortium
    sizes = {"size_least": str(given.size_least), "size_most": str(given.size_most)}
    texts = {"title": given.title, "idea": given.idea}
    return _page(at, FrameForm(None, listed=given.listed, **texts, **sizes))


@blueprint.post("/<int:consortium_id>/settings")
@signed_in
def set_frame_now(consortium_id: int) -> ResponseReturnValue:
    """Say what the consortium is about."""
    at, form = opened(consortium_id, "write"), FrameForm()
    if form.validate_on_submit():
        wish = Frame(
            form.title.data,
            form.idea.data or "",
            read(form.size_least),
            read(form.size_most),
            form.listed.data,
        )
        try:
            set_frame(session(), at, wish, now(), actor_id=account_id())
        except BadValue as error:
            form.size_least.errors = [stopped(error)]
        else:
            done(_("Saved."), texts=True)
            return bench(consortium_id)
    return _page(at, form), 422


@blueprint.post("/<int:consortium_id>/rules")
@signed_in
def take_rules_now(consortium_id: int) -> ResponseReturnValue:
    """Check the draft by the newest version of its rules."""
    at = opened(consortium_id, "write")
    take_newer_rules(session(), at, now(), actor_id=account_id())
    done(_("The draft is checked by the newest rules now."))
    return bench(consortium_id, "rules")


@blueprint.post("/<int:consortium_id>/state")
@signed_in
def set_state_now(consortium_id: int) -> ResponseReturnValue:
    """Hand the draft in, withdraw it, or open it again."""
    at = opened(consortium_id, "lead")
    state = request.form.get("state", "")
    try:
        set_state(session(), desk().write, at, state, now(), actor_id=account_id())
    except ServiceError as error:
        refused(error)
    else:
        done(
            _("Saved. Invitations that waited have ended.") if state != "draft" else _("Saved."),
            mails=True,
        )
    return bench(consortium_id)


def _page(at: Workspace, form: FrameForm) -> str:
    others = others_for_call(session(), at)
    leads = person_lines(session(), [one for _, one in others if one is not None], viewer())
    return render_template(
        "consortia/settings.html",
        at=at,
        form=form,
        preset=preset_row(session(), at.consortium.preset_id),
        newer=newer_rules(session(), at.consortium),
        others=others,
        leads=leads,
        offers=offers_to(session(), at),
    )
