"""Two drafts for one call become one."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.consortium_merging import accept_merge, offer_merge
from web.access import signed_in
from web.clock import now
from web.database import session
from web.login import account_id
from web.routes.consortia.base import bench, blueprint, done, opened


@blueprint.post("/<int:consortium_id>/merge-offer")
@signed_in
def offer_merge_now(consortium_id: int) -> ResponseReturnValue:
    """Offer to become part of another draft, or take the offer back."""
    at = opened(consortium_id, "lead")
    offer_merge(session(), at, request.form.get("into", None, int), now(), actor_id=account_id())
    done(_("Saved. Who leads the other draft decides."))
    return redirect(url_for("consortia.settings", consortium_id=consortium_id, _anchor="others"))


@blueprint.post("/<int:consortium_id>/merge")
@signed_in
def accept_merge_now(consortium_id: int) -> ResponseReturnValue:
    """Take another draft in."""
    at = opened(consortium_id, "lead")
    other = request.form.get("from", 0, int)
    accept_merge(session(), at, other, now(), actor_id=account_id())
    done(_("The two drafts are one now. Look through its roles: some may stand twice."))
    return bench(consortium_id)
