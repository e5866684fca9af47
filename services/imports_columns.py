"""What the columns of a source's files mean, remembered for an edition and a source."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from models import ColumnMapping
from services.errors import ServiceError
from services.imports_record import COLUMNS
from services.imports_rows import JOINED, REQUIRED, column_name

Columns = Mapping[str, str]
"""The field of each foreign column, by ``column_name``; ``LEFT_OUT`` where it is passed over."""


class ColumnsIncomplete(ServiceError):
    """Fields that every person needs and that no column was chosen for."""

    code = "columns-incomplete"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"choose a column for {', '.join(missing)}")
        self.missing = tuple(missing)


class ColumnsTwice(ServiceError):
    """Fields that were chosen for several columns and cannot be put together from them."""

    code = "columns-twice"

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(f"choose one column only for {', '.join(fields)}")
        self.fields = tuple(fields)


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


def check_columns(names: Sequence[str], columns: Columns) -> None:
    """Check that the columns of a file, so understood, can make people.

    Raises
    ------
    ColumnsIncomplete, ColumnsTwice
    """
    meant = [columns.get(column_name(name), column_name(name)) for name in names]
    missing = [field for field in REQUIRED if field not in meant]
    if missing:
        raise ColumnsIncomplete(missing)
    counted = Counter(field for field in meant if field in COLUMNS and field not in JOINED)
    if twice := [field for field, count in counted.items() if count > 1]:
        raise ColumnsTwice(twice)


def _row(session: Session, edition_id: int, source: str) -> ColumnMapping | None:
    query = select(ColumnMapping).where(
        ColumnMapping.edition_id == edition_id, ColumnMapping.source == source
    )
    return session.exec(query).first()
