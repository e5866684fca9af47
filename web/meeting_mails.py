"""The mails that come by themselves: reminders of meetings, and questions after them."""

from datetime import timedelta

from models.database import SessionMaker
from services.meeting_reminders import ask_for_outcomes, ask_for_reviews, remind
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
        session.commit()
    if posted:
        jobs.wake_mail()
    return posted
