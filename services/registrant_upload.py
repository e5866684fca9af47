"""Receiving a file of registrants: its columns are understood, or asked for."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Edition, RegistrantFile, RegistrantFileContent
from services.errors import ServiceError
from services.imports_columns import Columns, remembered, undecided
from services.imports_columns_check import check_columns
from services.imports_files import header_of
from services.imports_profiles import SOURCE_LIMIT

NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as an organiser sent it; ``listed_as`` names one of several lists of an edition."""

    name: str
    data: bytes
    listed_as: str = ""


def source_of(edition: Edition, listed_as: str = "") -> str:
    """Name the source of an edition's own list, or of one of several.

    It begins with the edition's short name, so that no other edition's people can change.
    """
    name = " ".join(listed_as.split())
    return (f"{edition.slug}:{name}" if name else edition.slug)[:SOURCE_LIMIT]


def receive(
    session: Session, edition: Edition, upload: Upload, account_id: int, now: datetime
) -> RegistrantFile:
    """Keep a file until it is taken in. What its columns mean may be known already.

    Raises
    ------
    UnreadableFile
        When it has no header that could be read.
    """
    header = header_of(io.BytesIO(upload.data), upload.name)
    source = source_of(edition, upload.listed_as)
    known = remembered(session, edition.id, source)
    asks = bool(undecided(header.names, known)) or not _usable(header.names, known)
    row = RegistrantFile(
        edition_id=edition.id,
        account_id=account_id,
        name=upload.name[:NAME_LIMIT],
        source=source,
        size=len(upload.data),
        state="columns" if asks and header.names else "checking",
        columns=[[name, header.samples.get(name, "")] for name in header.names],
        created_at=now,
    )
    session.add(row)
    session.flush()
    session.add(RegistrantFileContent(file_id=row.id, data=upload.data))
    session.flush()
    return row


def _usable(names: Sequence[str], columns: Columns) -> bool:
    try:
        check_columns(names, columns)
    except ServiceError:
        return False
    return True
