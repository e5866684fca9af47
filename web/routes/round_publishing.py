"""Publishing a round and withdrawing it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.round_publishing import CannotPublish, publish_round, withdraw_round
from services.rounds import find_round
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.login import account_id
from web.routes.round_meetings import blueprint

__all__ = ["blueprint"]


@blueprint.post("/<slug>/rounds/<int:number>/publish")
@organiser
def publish(slug: str, number: int) -> ResponseReturnValue:
    """Let everybody in the round see their matches."""
    row = find_round(session(), edition(), number)
    try:
        before = publish_round(session(), edition(), row, now(), actor_id=account_id())
    except CannotPublish as refused:
        return _refused(slug, number, refused)
    session().commit()
    if before is None:
        flash(_("Round %(number)s is published: people see their matches.", number=number))
    else:
        flash(
            _(
                "Round %(number)s is published in place of round %(before)s.",
                number=number,
                before=before.number,
            )
        )
    return redirect(url_for("rounds.show", slug=slug, number=number))


@blueprint.post("/<slug>/rounds/<int:number>/withdraw")
@organiser
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Take a published round back."""
    row = find_round(session(), edition(), number)
    try:
        withdraw_round(session(), edition(), row, now(), actor_id=account_id())
    except CannotPublish as refused:
        return _refused(slug, number, refused)
    session().commit()
    flash(_("Round %(number)s is withdrawn: nobody sees matches of it.", number=number))
    return redirect(url_for("rounds.show", slug=slug, number=number))


def _refused(slug: str, number: int, refused: CannotPublish) -> ResponseReturnValue:
    session().rollback()
    words: dict[str, str] = {
        "not-done": _("This round is not done. It can be published when it is."),
        "already-published": _("This round is published already."),
        "not-published": _("This round is not published."),
        "still-open": _("People may still join. Close the edition first, or wait until it closes."),
        "over": _("This edition is over: nothing is published or withdrawn any more."),
    }
    flash(words[refused.reason], "warning")
    return redirect(url_for("rounds.show", slug=slug, number=number))
