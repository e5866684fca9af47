"""What was read from a file or a registry and waits for a decision, and what was decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime


class PendingImport(SQLModel, table=True):
    """One import of an account between reading and saving; nothing in it is part of a profile.

    ``lines`` holds what was read, each line with what the person made of it so far; ``unread``
    what could not be read, with its line. Deleted when it is saved, discarded or has expired.
    """

    __tablename__ = "pending_import"

    id: int = Column(default=None, primary_key=True)
    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", unique=True)
    kind: str = Column(max_length=20)
    lines: list[Any] = Column(default_factory=list, sa_type=JSON)
    unread: list[Any] = Column(default_factory=list, sa_type=JSON)
    created_at: datetime = Column(sa_type=UtcDateTime)
    expires_at: datetime = Column(sa_type=UtcDateTime, index=True)


class ImportedWork(SQLModel, table=True):
    """A work that an import brought once, by its DOI or its title, and what it became.

    Without a publication the person dropped it, or removed it later: the next import of the same
    work offers it unticked.
    """

    __tablename__ = "imported_work"
    __table_args__ = (UniqueConstraint("profile_id", "key"),)

    id: int = Column(default=None, primary_key=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    publication_id: int | None = Column(
        default=None, foreign_key="publication.id", ondelete="SET NULL", index=True
    )
    key: str = Column(max_length=400)
