"""The worker's part in printing schedules: files that were asked for, one after another."""

import logging

from models import Edition, SchedulePrint
from models.database import SessionMaker
from services.schedule_prints import claim_print, finish_print, say_progress
from web.clock import now
from web.schedule_pdf import read_sheets, sheets_pdf
from web.sheet_pdf import PdfToolMissing

TOOL_MISSING = "tool-missing"
_log = logging.getLogger(__name__)


def print_schedules(sessions: SessionMaker) -> int:
    """Make every file that waits; returns how many. Called once a minute and when one is asked."""
    made = 0
    while (number := _claim(sessions)) is not None:
        _make(sessions, number)
        made += 1
    return made


def _claim(sessions: SessionMaker) -> int | None:
    with sessions() as session:
        number = claim_print(session, now())
        session.commit()
    return number


def _make(sessions: SessionMaker, number: int) -> None:
    def progress(done: int, of: int) -> None:
        # In a session of its own, so that nobody waits for a page to be set.
        with sessions() as session:
            say_progress(session, number, done, of, now())
            session.commit()

    content, failure = None, ""
    try:
        with sessions() as session:
            row = session.get(SchedulePrint, number)
            if row is None:
                return
            edition = session.get_one(Edition, row.edition_id)
            kind, language = row.kind, row.language
            sheets = read_sheets(session, edition, kind)
            # Everything is read: the database is free while the pages are set.
            session.expunge_all()
        content = sheets_pdf(edition, kind, sheets, language, progress)
    except PdfToolMissing:
        failure = TOOL_MISSING
    except Exception:  # one file that cannot be made must not keep the others waiting
        _log.exception("schedule print %s could not be made", number)
        failure = "failed"
    with sessions() as session:
        finish_print(session, number, content, now(), failure)
        session.commit()
