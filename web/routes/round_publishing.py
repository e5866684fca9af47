"""Publishing a round and withdrawing it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.editions import DRAFT, OPEN, state_now
from services.round_publishing import (
    CannotPublish,
    publish_round,
    published_round,
    withdraw_round,
)
from services.round_reach import reach_of
from services.rounds import find_round
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.desk import desk
from web.login import account_id
from web.routes.round_meetings import blueprint

__all__ = ["blueprint"]


@blueprint.get("/<slug>/rounds/<int:number>/publishing")
@organiser
def publishing(slug: str, number: int) -> ResponseReturnValue:
    """Say who would see what, and offer the one step that can be taken."""
    del slug
    row = find_round(session(), edition(), number)
    return render_template(
        "rounds/publishing.html",
        edition=edition(),
        round=row,
        published=published_round(session(), edition().id),
        reach=reach_of(session(), row),
        open=state_now(edition(), now()) in (DRAFT, OPEN),
    )


@blueprint.post("/<slug>/rounds/<int:number>/publish")
@organiser
def publish(slug: str, number: int) -> ResponseReturnValue:
    """Let everybody in the round see their matches."""
    row = find_round(session(), edition(), number)
    try:
        before = publish_round(
            session(), desk().write, edition(), row, now(), actor_id=account_id()
        )
    except CannotPublish as refused:
        return _refused(slug, number, refused)
    session().commit()
    jobs.wake_mail()
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
    return redirect(url_for("rounds.publishing", slug=slug, number=number))


@blueprint.post("/<slug>/rounds/<int:number>/withdraw")
@organiser
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Take a published round back."""
    row, write = find_round(session(), edition(), number), desk().write
    try:
        withdraw_round(session(), write, edition(), row, now(), actor_id=account_id())
    except CannotPublish as refused:
        return _refused(slug, number, refused)
    session().commit()
    jobs.wake_mail()
    flash(_("Round %(number)s is withdrawn: nobody sees matches of it.", number=number))
    return redirect(url_for("rounds.publishing", slug=slug, number=number))


def _refused(slug: str, number: int, refused: CannotPublish) -> ResponseReturnValue:
    session().rollback()
    words: dict[str, str] = {
        "not-done": _("This round is not done. It can be published when it is."),
        "already-published": _("This round is published already."),
        "not-published": _("This round is not published."),
        "still-open": _("People may still join. Close the edition first, or wait until it closes."),
        "not-now": _("This edition is over, or not open yet: nothing is published or withdrawn."),
    }
    flash(words[refused.reason], "warning")
    return redirect(url_for("rounds.publishing", slug=slug, number=number))
