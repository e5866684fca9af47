"""What the worker does about consortia: invitations end, and reserves step in."""

from models.database import SessionMaker
from services.consortium_answering import expire_invitations
from web import jobs
from web.clock import now
from web.letters import write


def end_invitations(sessions: SessionMaker) -> int:
    """Close the invitations whose time is over; called once a minute, and returns how many."""
    with sessions() as session:
        closed = expire_invitations(session, write, now())
        session.commit()
    if closed:
        jobs.wake_mail()
    return closed
