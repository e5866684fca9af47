"""What an erased person leaves beside the tables: mails in the outbox, files, old pages."""

from collections.abc import Iterable
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from sqlalchemy import Engine

from models.database import BUSY_SECONDS
from web import uploads
from web.database import engine
from web.mailer import outbox

# A checkpoint that does not get its turn is made again within a minute, by the worker.
_PATIENCE = 500


def leave_no_trace(needles: Iterable[str]) -> None:
    """Remove what may still tell of a person; call it after the commit that erased them.

    Parameters
    ----------
    needles
        What tells of them: address and name, in every spelling that they used.
    """
    told = [needle for needle in needles if needle]
    for path in _files(outbox()):
        if _mentions(path, told):
            path.unlink(missing_ok=True)
    # A file of people that an organiser has just sent may hold anybody; it is soon sent again.
    uploads.drop_all()
    forget_old_pages(engine())


def forget_old_pages(database: Engine) -> None:
    """Have SQLite empty its log, in which deleted rows stand until it is written over.

    PostgreSQL cleans up by itself (autovacuum), and keeps its log by its own settings.
    """
    if database.dialect.name != "sqlite":
        return
    with database.connect() as connection:
        # Beside any transaction: inside of one there is no checkpoint.
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.close()


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*") if path.is_file()] if folder.is_dir() else []


def _mentions(path: Path, needles: Iterable[str]) -> bool:
    words = _words(path.read_bytes())
    return any(needle in words for needle in needles)


def _words(raw: bytes) -> str:
    """Give a mail as it is read, whatever it was encoded as; also the file as it stands."""
    parts: list[str] = [raw.decode("utf-8", "replace")]
    mail: Message = message_from_bytes(raw)
    for part in mail.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            parts.append(payload.decode("utf-8", "replace"))
    return "\n".join(parts)
