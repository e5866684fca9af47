"""What the columns of a source's files mean, remembered for an edition and a source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from models import ColumnMapping
from services.imports_record import COLUMNS
from services.imports_rows import REQUIRED, column_name

Columns = Mapping[str, str]
"""The field of each foreign column, by ``column_name``; ``LEFT_OUT`` where it is passed over."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file as they are written there, each with a value of the first rows."""

    names: tuple[str, ...]
    samples: Mapping[str, str]


def remembered(session: Session, edition_id: int, source: str) -> Columns:
    """Read what the columns of a source mean; empty when nobody said so yet."""
    row = _row(session, edition_id, source)
    return dict(row.columns) if row is not None else {}


def remember(session: Session, edition_id: int, source: str, columns: Columns) -> None:
    """Keep what columns mean, beside what is known of others of that source."""
    row = _row(session, edition_id, source)
    if row is None:
        row = ColumnMapping(edition_id=edition_id, source=source)
        session.add(row)
    row.columns = {**row.columns, **columns}
    session.flush()


def is_complete(names: Sequence[str]) -> bool:
    """Tell whether a file speaks of people in the formats' own words."""
    return set(REQUIRED) <= {column_name(name) for name in names}


def undecided(names: Sequence[str], columns: Columns) -> list[str]:
    """List the columns of which nobody knows what they mean, in their order."""
    own = [(name, column_name(name)) for name in names]
    return [name for name, key in own if key and key not in COLUMNS and key not in columns]


def _row(session: Session, edition_id: int, source: str) -> ColumnMapping | None:
    query = select(ColumnMapping).where(
        ColumnMapping.edition_id == edition_id, ColumnMapping.source == source
    )
    return session.exec(query).first()
