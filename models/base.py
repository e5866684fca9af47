"""What every table shares: names of constraints, moments in UTC, text in one normal form.

Every table declares ``id: int`` with the default None: the database gives it at the first flush.
"""

import unicodedata
from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

# Alembic finds constraints by name; the names must not depend on the database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC. SQLite drops time zones; this puts them back.

    Raises
    ------
    ValueError
        When a value without a time zone is written.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment of any zone into UTC before it is written."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back with its zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class NormalText(TypeDecorator[str]):
    """Text in Unicode's composed form (NFC), so that equal Hangul compares equal."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Compose the text before it is written or compared."""
        return None if value is None else unicodedata.normalize("NFC", value)


class TextList(TypeDecorator[list[str]]):
    """A list of texts in one JSON column. Assign a new list; edits in place are not seen."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> list[str] | None:
        """Compose every text before it is written."""
        return None if value is None else [unicodedata.normalize("NFC", item) for item in value]


__all__ = ["NormalText", "SQLModel", "TextList", "UtcDateTime"]
