"""What the worker does for registrants: places that became free, and invitations asked for."""

from collections.abc import Callable

from models.database import SessionMaker
from services.admission import editions_waited_for, fill_places
from services.invitation_letters import write_invitations
from web import jobs
from web.clock import now
from web.desk import desk
from web.letters import write

Stopping = Callable[[], bool]


def work_for_registrants(sessions: SessionMaker, stopping: Stopping = lambda: False) -> None:
    """Do what waits in this lane; each part finds its work in the tables and may run twice."""
    moved = move_up(sessions)
    if write_invitations(sessions, desk(), now, stopping) or moved:
        jobs.wake_mail()


def move_up(sessions: SessionMaker) -> int:
    """Give free places to whoever is next; an edition at a time, so that none is held for long."""
    with sessions() as session:
        waited_for = [edition.id for edition in editions_waited_for(session)]
        session.commit()
    moved = 0
    for edition in waited_for:
        with sessions() as session:
            found = next((one for one in editions_waited_for(session) if one.id == edition), None)
            if found is not None:
                moved += len(fill_places(session, found, write, now()))
            session.commit()
    return moved
