"""What the worker does for registrants: files, places that became free, invitations asked for."""

from collections.abc import Callable

from models.database import SessionMaker, make_sessions, reading
from services.admission import editions_waited_for, fill_places
from services.duplicates_search import look_for_duplicates
from services.invitation_letters import write_invitations
from services.registrant_file_run import run_waiting_files
from services.registrant_file_work import FileWork
from services.registrant_files import KEPT, forget_files
from web import jobs
from web.clock import now
from web.database import engine
from web.desk import desk
from web.letters import write

Stopping = Callable[[], bool]


def work_for_registrants(sessions: SessionMaker, stopping: Stopping = lambda: False) -> None:
    """Do what waits in this lane; each part finds its work in the tables and may run twice."""
    if run_waiting_files(file_work(), stopping):
        jobs.wake_encoding()
    with sessions() as session:
        forget_files(session, now() - KEPT)
        session.commit()
    look_for_duplicates(sessions, now())
    moved = move_up(sessions)
    if write_invitations(sessions, desk(), now, stopping) or moved:
        jobs.wake_mail()


def file_work(*, note_progress: bool = True) -> FileWork:
    """Give what running a file of registrants needs, here."""
    return FileWork(make_sessions(engine()), reading(engine()), now, note_progress)


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
