"""Ending mails by a link, without signing in; nothing in the address tells whose they are."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.accounts_tokens import LinkDead
from services.address_keys import Ticket
from services.unsubscribing import has_account, subscribe_again, unsubscribe
from web.access import public
from web.address_keys import address_keys
from web.clock import now
from web.csrf import protection
from web.database import session
from web.legal import text_language
from web.limits import limiter

blueprint = Blueprint("unsubscribing", __name__, url_prefix="/unsubscribe")


@blueprint.get("/<ticket>")
@public
def ask(ticket: str) -> ResponseReturnValue:
    """Ask whether to end them: a mail program that only looks ends nothing."""
    if _read(ticket) is None:
        return _dead()
    return render_template("unsubscribing/ask.html", ticket=ticket)


@blueprint.post("/<ticket>")
@public
@protection.exempt
@limiter.limit("30 per minute")
def end(ticket: str) -> ResponseReturnValue:
    """End them. Mail programs press this too (RFC 8058), so the ticket alone is the proof."""
    found = _read(ticket)
    if found is None:
        return _dead()
    unsubscribe(session(), found, text_language(), now())
    session().commit()
    return render_template(
        "unsubscribing/ended.html", ticket=ticket, account=has_account(session(), found)
    )


@blueprint.post("/<ticket>/again")
@public
@limiter.limit("30 per minute")
def again(ticket: str) -> ResponseReturnValue:
    """Take it back, for who pressed by mistake and has no account to say so."""
    found = _read(ticket)
    if found is None:
        return _dead()
    taken_back = subscribe_again(session(), found)
    session().commit()
    return render_template("unsubscribing/again.html", taken_back=taken_back)


def _read(text: str) -> Ticket | None:
    try:
        return address_keys().read(text)
    except LinkDead:
        return None


def _dead() -> ResponseReturnValue:
    return render_template("unsubscribing/dead.html"), 404
