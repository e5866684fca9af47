"""People who may be in twice, side by side: made one, or told apart."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user

from models import Profile
from services.consents_reading import CONTACT, has_consent
from services.duplicates import Proposal, decline, find_proposal, proposals
from services.errors import NotFound, ServiceError
from services.profiles_merging import Merge, merge
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.letters import write
from web.login import account_id
from web.routes.editions.base import blueprint

_REFUSALS = {
    "both-have-accounts": lazy_gettext(
        "Both have an account, which only its owner can give up. Take one of them out instead."
    ),
    "on-other-sides": lazy_gettext(
        "The two stand on different sides: mend the country of one of them first."
    ),
    "takes-part-elsewhere": lazy_gettext(
        "The one to go takes part in an edition that you do not organise. Ask its organisers."
    ),
}


@blueprint.get("/<slug>/people/duplicates")
@organiser
def duplicates(slug: str) -> ResponseReturnValue:
    """Show who may be in twice, the first twenty pairs."""
    found, total = proposals(session(), edition().id)
    return render_template(
        "editions/duplicates.html", edition=edition(), proposals=found, total=total, mail=_mail
    )


@blueprint.post("/<slug>/people/duplicates/<int:number>")
@organiser
def decide_duplicate(slug: str, number: int) -> ResponseReturnValue:
    """Make the two one, or note that they are two."""
    back = redirect(url_for("editions.duplicates", slug=slug))
    try:
        proposal = find_proposal(session(), edition().id, number)
        if request.form.get("act") == "two-people":
            decline(session(), proposal, now(), actor_id=account_id())
            said = _("They are two people. They are not proposed again.")
        else:
            merge(session(), _wish(proposal), write, now(), current_user.permissions.may_organise)
            said = _("The two are one now.")
    except NotFound:
        flash(_("Somebody has decided on these two already."), "warning")
        return back
    except ServiceError as error:
        session().rollback()
        flash(str(_REFUSALS[error.code]), "warning")
        return back
    session().commit()
    jobs.wake_encoding()
    jobs.wake_registrants()
    jobs.wake_mail()
    flash(said)
    return back


def _wish(proposal: Proposal) -> Merge:
    pair = [proposal.one, proposal.other]
    kept = next((one for one in pair if str(one.id) == request.form.get("keep")), pair[0])
    pair.remove(kept)
    return Merge(edition().id, kept, pair[0], account_id())


def _mail(profile: Profile) -> str:
    """Give an address that organisers may use."""
    allowed = profile.account_id is None or has_consent(session(), profile.account_id, CONTACT)
    return profile.email if allowed else ""
