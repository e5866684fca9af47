"""Putting a round's meetings on the board, clearing it, and announcing what is planned."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.board_plan import announce, announcement, clear_plan, plan_round
from services.round_publishing import published_round
from services.round_schedule import NothingToPlace, round_to_place
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.desk import desk
from web.login import account_id
from web.routes.schedule.base import blueprint, its_round, names_for, to_board


@blueprint.post("/plan")
@organiser
def plan(slug: str) -> ResponseReturnValue:
    """Plan a meeting for every pair of the round that has none; nobody is told."""
    number = its_round().number
    try:
        row = round_to_place(session(), edition(), number, now=now())
    except NothingToPlace:
        # The page of the round's meetings says why.
        return redirect(url_for("rounds.meetings", slug=slug, number=number))
    found = plan_round(session(), edition(), row, now(), actor_id=account_id())
    session().commit()
    count = len(found.proposed)
    flash(
        ngettext(
            "%(num)s meeting is planned. Nobody is told before you announce it.",
            "%(num)s meetings are planned. Nobody is told before you announce them.",
            count,
        )
        if count
        else _("Nothing more can be planned: see the pairs without a meeting.")
    )
    return to_board()


@blueprint.post("/clear")
@organiser
def clear(slug: str) -> ResponseReturnValue:
    """Take everything that is only planned off the board."""
    del slug
    count = clear_plan(session(), edition(), now(), actor_id=account_id())
    session().commit()
    flash(
        ngettext(
            "%(num)s planned meeting was taken off the board.",
            "%(num)s planned meetings were taken off the board.",
            count,
        )
    )
    return to_board()


@blueprint.get("/announce")
@organiser
def ask_to_announce(slug: str) -> ResponseReturnValue:
    """Say what would be announced, to how many people."""
    del slug
    found = announcement(session(), edition(), now())
    return render_template(
        "schedule/announce.html",
        edition=edition(),
        found=found,
        names=names_for(found.blocked),
        published=published_round(session(), edition().id) is not None,
    )


@blueprint.post("/announce")
@organiser
def announce_now(slug: str) -> ResponseReturnValue:
    """Propose the planned meetings to their people."""
    del slug
    count = announce(session(), desk().write, edition(), now(), actor_id=account_id())
    session().commit()
    jobs.wake_mail()
    flash(
        ngettext(
            "%(num)s meeting is announced. Both people find it under Meetings.",
            "%(num)s meetings are announced. Both people of each find it under Meetings.",
            count,
        )
    )
    return to_board()
