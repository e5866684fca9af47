"""The registrants' desk: who is in, who waits, and what is done with a choice of them."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.admission import admit
from services.attendance import ABSENT, CHECKED_IN, UNKNOWN, NotBegun, mark
from services.attendance_release import meetings_to_come
from services.invitations import invite
from services.registrants import registrant_ids, registrant_page
from services.registrants_counts import state_counts
from services.registrants_query import RegistrantFilters
from services.removal import remove
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.letters import write
from web.login import account_id
from web.registrant_words import STATE_WORDS, address_of, done_words, filter_words, filters_of
from web.routes.editions.base import blueprint

Ids = Sequence[int]


@blueprint.get("/<slug>/people")
@organiser
def people(slug: str) -> ResponseReturnValue:
    """List the registrants whom the filters show, a page at a time."""
    filters = filters_of(request.args)
    return render_template(
        "editions/people.html",
        edition=edition(),
        page=registrant_page(session(), edition().id, filters, request.args.get("page", 1, int)),
        counts=state_counts(session(), edition().id),
        filters=filters,
        words=filter_words(edition(), filters),
        address=address_of(filters),
        states=STATE_WORDS,
    )


@blueprint.post("/<slug>/people")
@organiser
def act_on_people(slug: str) -> ResponseReturnValue:
    """Do something with the people who are ticked, or with all whom the filters show."""
    act = request.form.get("act", "")
    chosen, filters = _chosen()
    back = redirect(url_for("editions.people", slug=slug, **address_of(filters)))
    if act not in _ACTS:
        return back
    if not chosen:
        flash(_("Tick some people first."), "warning")
        return back
    if act == "remove" and not request.form.get("sure"):
        return _ask_to_remove(chosen, filters)
    try:
        count = _ACTS[act](chosen)
    except NotBegun:
        flash(_("Nobody can have stayed away before the event begins."), "warning")
        return back
    session().commit()
    jobs.wake_registrants()
    jobs.wake_mail()
    flash(done_words(act, count))
    return back


@blueprint.post("/<slug>/people/invite")
@organiser
def invite_people(slug: str) -> ResponseReturnValue:
    """Invite everybody who was not invited yet."""
    count = invite(session(), edition(), now(), actor_id=account_id())
    session().commit()
    jobs.wake_registrants()
    flash(done_words("invite", count))
    return redirect(url_for("editions.people", slug=slug, state="invited"))


def _chosen() -> tuple[list[int], RegistrantFilters]:
    filters = filters_of(request.form)
    if request.form.get("everybody"):
        return registrant_ids(session(), edition().id, filters), filters
    return request.form.getlist("person", int), filters


def _ask_to_remove(chosen: Ids, filters: RegistrantFilters) -> str:
    meetings = meetings_to_come(session(), edition().id, chosen, now())
    return render_template(
        "editions/people_remove.html",
        edition=edition(),
        chosen=chosen,
        meetings=len(meetings),
        address=address_of(filters),
    )


def _invite(chosen: Ids) -> int:
    return invite(session(), edition(), now(), profile_ids=chosen, actor_id=account_id())


def _admit(chosen: Ids) -> int:
    return len(admit(session(), edition(), chosen, write, now(), actor_id=account_id()))


def _remove(chosen: Ids) -> int:
    return len(remove(session(), edition(), chosen, write, now(), actor_id=account_id()))


def _mark(what: str) -> Callable[[Ids], int]:
    def act(chosen: Ids) -> int:
        return len(mark(session(), edition(), chosen, what, now(), actor_id=account_id()))

    return act


_ACTS: dict[str, Callable[[Ids], int]] = {
    "invite": _invite,
    "admit": _admit,
    "check-in": _mark(CHECKED_IN),
    "no-show": _mark(ABSENT),
    "unmark": _mark(UNKNOWN),
    "remove": _remove,
}
