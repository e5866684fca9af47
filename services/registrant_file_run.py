"""Checking a file of registrants and taking it in, by the worker or at once.

Rows are read, and a check is made, beside all writers. Taking in is one transaction with the file's
own state: whoever is killed in between has done nothing, and a second time finds it done.
"""

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Edition, RegistrantFile, RegistrantFileContent
from services import audit
from services.audit import Subject
from services.imports_columns import Columns
from services.imports_files import rows_of
from services.imports_profiles import take_people
from services.imports_reading import ReadFile, read_people
from services.imports_report import ImportReport
from services.imports_rows import column_name
from services.registrant_file_progress import PLANNING, WRITING, Note, counted, noting
from services.registrant_file_work import FileWork, claim_file, next_file, settle
from services.registrant_files import columns_for
from services.registrant_report import as_values, counts_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Task:
    id: int
    edition: Edition
    source: str
    name: str
    takes: bool
    account_id: int
    columns: Columns
    shown: dict[str, str]
    data: bytes


def run_waiting_files(work: FileWork, stopping: Callable[[], bool] = lambda: False) -> int:
    """Do what waits, what a worker left that died among it; returns how many files."""
    done = 0
    while not stopping():
        found = next_file(work)
        if found is None or not run_file(work, found):
            return done
        done += 1
    return done


def run_file(work: FileWork, file_id: int) -> bool:
    """Check a file or take it in, as its state asks; False when somebody else is at it."""
    if not claim_file(work, file_id):
        return False
    try:
        task = _task(work, file_id)
        if task is not None:
            _run(work, task)
    except Exception:  # an error of the program: its page says so, and the next file may be well
        _log.exception("file %s of registrants failed", file_id)
        settle(work, file_id, state="failed")
    return True


def _task(work: FileWork, file_id: int) -> _Task | None:
    with work.readers() as session:
        row = session.get(RegistrantFile, file_id)
        content = session.get(RegistrantFileContent, file_id)
        if row is None or content is None:
            return None
        columns = columns_for(session, row)
        names = {column_name(name): name for name, _ in row.columns}
        return _Task(
            id=row.id,
            edition=session.get_one(Edition, row.edition_id),
            source=row.source,
            name=row.name,
            takes=row.state == "taking",
            account_id=row.account_id,
            columns=columns,
            shown={field: names[key] for key, field in columns.items() if key in names},
            data=content.data,
        )


def _run(work: FileWork, task: _Task) -> None:
    note = noting(work, task.id)
    with work.readers() as session:
        rows = counted(rows_of(io.BytesIO(task.data), task.name, task.columns), note)
        read = read_people(session, rows, task.edition)
    if task.takes and not read.problems:
        _take(work, task, read, note)
        return
    with work.readers() as session:
        report = take_people(
            session,
            read,
            source=task.source,
            now=work.clock(),
            edition=task.edition,
            dry_run=True,
            progress=lambda done, of: note(PLANNING, done, of),
        )
    settle(work, task.id, state="checked", report=as_values(report, task.shown))


def _take(work: FileWork, task: _Task, read: ReadFile, note: Note) -> None:
    note(WRITING, 0, len(read.records))
    with work.sessions() as session:
        row = session.get(RegistrantFile, task.id, with_for_update=True)
        if row is None or row.state != "taking":
            return
        now = work.clock()
        edition = session.get_one(Edition, task.edition.id)
        report = take_people(session, read, source=task.source, now=now, edition=edition)
        _finish(session, row, report, now)
        session.commit()


def _finish(session: Session, row: RegistrantFile, report: ImportReport, now: datetime) -> None:
    counts = counts_of(report)
    audit.record(
        session,
        row.edition_id,
        "imported",
        Subject("registrant"),
        now,
        actor_id=row.account_id,
        after={"source": row.source, **counts},
    )
    # Names go with the content: what is left is figures.
    row.state, row.report, row.columns = "done", {"counts": counts}, []
    row.finished_at = now
    content = session.get(RegistrantFileContent, row.id)
    if content is not None:
        session.delete(content)
    session.flush()
