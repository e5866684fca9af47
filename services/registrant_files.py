"""Files of registrants between upload and import: received, understood, checked, taken in.

The states of ``RegistrantFile``: "columns" waits for somebody to say what its columns mean,
"checking" and "taking" for the worker or the request (services/registrant_file_run.py), "checked"
for an organiser to look.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models import RegistrantFile
from services.errors import NotFound, ServiceError
from services.imports_columns import Columns, remember, remembered
from services.imports_columns_check import check_columns
from services.imports_rows import column_name

KEPT = timedelta(days=1)


class NotReadyToTake(ServiceError):
    """A file that was not checked, or has problems: mend it and choose it again."""

    code = "file-not-ready"


def decide_columns(session: Session, row: RegistrantFile, columns: Columns) -> None:
    """Remember what the columns of a file mean, by their names there; it is checked next.

    Raises
    ------
    ColumnsIncomplete, ColumnsTwice
    """
    known = {column_name(name): field for name, field in columns.items()}
    check_columns([name for name, _ in row.columns], known)
    remember(session, row.edition_id, row.source, known)
    row.state, row.report = "checking", None
    session.flush()


def ask_to_take(session: Session, row: RegistrantFile) -> None:
    """Have a checked file taken in.

    Raises
    ------
    NotReadyToTake
    """
    if row.state != "checked" or (row.report or {}).get("errors"):
        raise NotReadyToTake("check the file first, and mend what is wrong in it")
    row.state, row.stage, row.done, row.of, row.alive_at = "taking", "", 0, 0, None
    session.flush()


def find_file(session: Session, edition_id: int, file_id: int) -> RegistrantFile:
    """Find a file of this edition.

    Raises
    ------
    NotFound
        Also when it is another edition's.
    """
    row = session.get(RegistrantFile, file_id)
    if row is None or row.edition_id != edition_id:
        raise NotFound("this file is no longer here: choose it again")
    return row


def waiting_files(session: Session, edition_id: int) -> Sequence[RegistrantFile]:
    """List the files of an edition that were not taken in yet, newest first."""
    query = select(RegistrantFile).where(
        RegistrantFile.edition_id == edition_id, RegistrantFile.state != "done"
    )
    return session.exec(query.order_by(col(RegistrantFile.id).desc()).limit(5)).all()


def discard_file(session: Session, row: RegistrantFile) -> None:
    """Delete a file, whatever it waits for; what was taken in stays."""
    session.delete(row)
    session.flush()


def forget_files(session: Session, before: datetime | None = None) -> None:
    """Delete the files that wait, those from before a moment or all: they may tell of anybody.

    Of a file that was taken in only figures are left, which tell of nobody.
    """
    query = delete(RegistrantFile)
    if before is None:
        query = query.where(col(RegistrantFile.state) != "done")
    else:
        query = query.where(col(RegistrantFile.created_at) < before)
    session.execute(query)


def columns_for(session: Session, row: RegistrantFile) -> Columns:
    """Give what the columns of a file mean."""
    return remembered(session, row.edition_id, row.source)
