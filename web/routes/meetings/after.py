"""After a meeting: two clicks at once, and one question months later."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from services.calendars import calendar_of, choose_mails
from services.meeting_list import lines_of
from services.meeting_reviews import (
    Question,
    UnknownAnswer,
    answer_outcome,
    choose_next,
    open_questions,
    rate,
)
from services.meeting_rules import NotNow
from services.people import PersonLine
from web.access import signed_in
from web.clock import now
from web.database import session
from web.meeting_words import ZoneClock
from web.routes.meetings.answering import say_late
from web.routes.meetings.base import blueprint, mine, my_id
from web.routes.meetings.listing import shown_times

_NOT_MET = "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one meeting: with whom and when it was."""

    question: Question
    partner: PersonLine
    clock: ZoneClock


@blueprint.post("/<int:meeting_id>/rate")
@signed_in
def rate_now(meeting_id: int) -> ResponseReturnValue:
    """Keep whether we met and how useful it was: the first click."""
    mine(meeting_id)
    given = request.form.get("useful", "")
    useful = int(given) if given.isdecimal() else None
    try:
        if useful is None and given != _NOT_MET:
            raise UnknownAnswer("choose one of the answers")
        rate(session(), meeting_id, my_id(), useful, now())
    except (NotNow, UnknownAnswer):
        say_late()
    else:
        session().commit()
        flash(_("Thank you. Only you see this answer."))
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="review"))


@blueprint.post("/<int:meeting_id>/next")
@signed_in
def choose_next_now(meeting_id: int) -> ResponseReturnValue:
    """Keep what comes next: the second click."""
    mine(meeting_id)
    try:
        choose_next(session(), meeting_id, my_id(), request.form.get("step", ""), now())
    except (NotNow, UnknownAnswer):
        say_late()
    else:
        session().commit()
        flash(_("Thank you. Only you see this answer."))
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="review"))


@blueprint.get("/outcomes")
@signed_in
def outcomes() -> ResponseReturnValue:
    """Ask what came of meetings some months ago."""
    profile_id = current_user.profile_id
    return render_template(
        "meetings/outcomes.html",
        asked=_asked(profile_id) if profile_id else [],
        wanted=profile_id is not None and calendar_of(session(), profile_id).follow_ups,
    )


@blueprint.post("/<int:meeting_id>/outcome")
@signed_in
def answer_outcome_now(meeting_id: int) -> ResponseReturnValue:
    """Keep what came of a meeting."""
    question = Question(meeting_id, my_id(), request.form.get("months", 0, int))
    try:
        answer_outcome(session(), question, request.form.get("outcome", ""), now())
    except (NotNow, UnknownAnswer):
        say_late()
    else:
        session().commit()
        flash(_("Thank you. Only you see this answer."))
    return redirect(url_for("meetings.outcomes"))


@blueprint.post("/outcomes/stop")
@signed_in
def stop_asking() -> ResponseReturnValue:
    """Ask me no more: the way out that the mail leads to."""
    reminders = calendar_of(session(), my_id()).reminders
    choose_mails(session(), my_id(), reminders=reminders, follow_ups=False)
    session().commit()
    flash(_("We do not ask you again. You can change that under Calendar."))
    return redirect(url_for("meetings.index"))


def _asked(profile_id: int) -> list[Asked]:
    questions = open_questions(session(), profile_id, now())
    lines = {line.meeting.id: line for line in lines_of(session(), profile_id, now())}
    chosen = calendar_of(session(), profile_id).zone
    return [
        Asked(question, line.partner, shown_times(line, chosen)[0])
        for question in questions
        if (line := lines.get(question.meeting_id))
    ]
