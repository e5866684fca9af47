"""How far a file of registrants is, written down beside the work."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import update
from sqlmodel import col

from models import RegistrantFile
from services.imports_report import Problem
from services.imports_rows import Row
from services.registrant_file_work import FileWork

READING, PLANNING, WRITING = "reading", "planning", "writing"
_EVERY = 200
Note = Callable[[str, int, int], None]


def noting(work: FileWork, file_id: int) -> Note:
    """Make the function that writes down how far a file is, if that is asked for."""
    if not work.note_progress:
        return lambda _stage, _done, _of: None

    def note(stage: str, done: int, of: int) -> None:
        values = {"stage": stage, "done": done, "of": of, "alive_at": work.clock()}
        with work.sessions() as session:
            session.execute(
                update(RegistrantFile).where(col(RegistrantFile.id) == file_id).values(**values)
            )
            session.commit()

    return note


def counted(rows: Iterable[Row | Problem], note: Note) -> Iterator[Row | Problem]:
    """Pass rows on, and write down now and then how many there were."""
    for number, row in enumerate(rows, start=1):
        if number % _EVERY == 0:
            note(READING, number, 0)
        yield row
