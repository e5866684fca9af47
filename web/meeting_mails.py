"""The mails that come by themselves: reminders, questions after meetings, places in sessions."""

from datetime import timedelta

from models import EditionSession
from models.database import SessionMaker
from services.meeting_reminders import ask_for_outcomes, ask_for_reviews, remind
from services.session_letters import GOT_PLACE, tell_guests
from services.session_places import fill_waiting, sessions_to_fill
from services.session_reminders import remind_of_sessions
from web import jobs
from web.clock import now
from web.config import settings
from web.letters import write


def write_about_meetings(sessions: SessionMaker) -> int:
    """Put what is due into the queue; called once a minute by the worker, and returns how many."""
    moment = now()
    before = [timedelta(hours=hours) for hours in settings().reminder_hours]
    with sessions() as session:
        posted = remind(session, write, before, moment)
        posted += ask_for_reviews(session, write, moment)
        posted += ask_for_outcomes(session, write, moment)
        posted += remind_of_sessions(session, write, before, moment)
        session.commit()
    posted += fill_sessions(sessions)
    if posted:
        jobs.wake_mail()
    return posted


def fill_sessions(sessions: SessionMaker) -> int:
    """Let people move up from waiting lists, and tell them; returns how many mails that makes.

    Mostly that is done when a place is given back. What is left are those who were busy then, and
    the places of people who left the edition.
    """
    posted = 0
    with sessions() as session:
        numbers = [row.id for row in sessions_to_fill(session, now())]
        session.commit()
        for number in numbers:
            row = session.get(EditionSession, number)
            if row is not None:
                moved_up = fill_waiting(session, row, now())
                posted += tell_guests(session, write, row, GOT_PLACE, moved_up, now())
            session.commit()
    return posted
