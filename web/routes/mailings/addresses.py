"""Addresses at which mails do not arrive, and trying one again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.bounces import bounced_people, lift_bounce
from web.access import edition, organiser
from web.clock import now
from web.config import settings
from web.database import session
from web.login import account_id
from web.routes.mailings.base import blueprint


@blueprint.get("/addresses")
@organiser
def addresses(slug: str) -> ResponseReturnValue:
    """List the people whose addresses get no more mailings."""
    return render_template(
        "mailings/addresses.html",
        edition=edition(),
        people=bounced_people(session(), edition()),
        read=bool(settings().bounce_imap_server),
    )


@blueprint.post("/addresses/<int:bounce_id>")
@organiser
def lift(slug: str, bounce_id: int) -> ResponseReturnValue:
    """Let mails go to an address again."""
    lift_bounce(session(), edition(), bounce_id, now(), actor_id=account_id())
    session().commit()
    flash(_("The next mailing goes to this address again."))
    return redirect(url_for("mailings.addresses", slug=slug))
