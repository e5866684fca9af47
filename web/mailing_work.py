"""What the worker does for mailings: it writes their mails, and closes those that are over."""

from collections.abc import Callable

from models.database import SessionMaker
from services.mailing_sending import spread_mailings
from web import jobs
from web.address_keys import address_keys
from web.clock import now
from web.mailing_letters import mailing_writer


def spread(sessions: SessionMaker, stopping: Callable[[], bool] = lambda: False) -> int:
    """Write the mails of all mailings that wait; returns how many."""
    written = spread_mailings(sessions, mailing_writer, address_keys(), now, stopping)
    if written:
        jobs.wake_mail()
    return written
