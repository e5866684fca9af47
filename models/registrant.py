"""Who waits for a place, who is in twice, and the files that organisers bring people in from."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime

DUPLICATE_REASONS = ("orcid", "mail", "name")
REGISTRANT_FILE_STATES = ("columns", "checking", "checked", "taking", "done", "failed")


class WaitingPlace(SQLModel, table=True):
    """Somebody waits for a place on their side of an edition. The row of longest standing is next.

    Whoever waits has no participation, so that no list and no round can hold them.
    """

    __tablename__ = "waiting_place"
    __table_args__ = (UniqueConstraint("edition_id", "profile_id"),)

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    since: datetime = Column(sa_type=UtcDateTime)


class Duplicate(SQLModel, table=True):
    """Two registrants who may be one person, and why; ``one_id`` is the smaller number.

    With ``declined_at``, somebody looked and found that they are two: they are not proposed again.
    """

    __tablename__ = "duplicate"
    __table_args__ = (
        UniqueConstraint("edition_id", "one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="in_order"),
        CheckConstraint(f"reason IN {DUPLICATE_REASONS}", name="reason_known"),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    one_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    other_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    reason: str = Column(max_length=10)
    found_at: datetime = Column(sa_type=UtcDateTime)
    declined_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    declined_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")


class MergedKey(SQLModel, table=True):
    """A sender's key whose profile was merged into another: a later file does not add it again."""

    __tablename__ = "merged_key"
    __table_args__ = (UniqueConstraint("source", "source_key"),)

    id: int = Column(default=None, primary_key=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    source: str = Column(max_length=60)
    source_key: str = Column(sa_type=NormalText, max_length=300)


class ColumnMapping(SQLModel, table=True):
    """What the columns of a source's files mean: a name of the formats for each name of theirs.

    An empty one is a column that is left out.
    """

    __tablename__ = "column_mapping"
    __table_args__ = (UniqueConstraint("edition_id", "source"),)

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    source: str = Column(max_length=60)
    columns: dict[str, str] = Column(default_factory=dict, sa_type=JSON)


class RegistrantFile(SQLModel, table=True):
    """A file of registrants from its upload to the end of its import.

    ``columns`` are those of its header; ``report`` holds what an import would do, or did. Its
    content stands apart and goes as soon as the people are taken in, or after a day.
    """

    __tablename__ = "registrant_file"
    __table_args__ = (CheckConstraint(f"state IN {REGISTRANT_FILE_STATES}", name="state_known"),)

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", index=True)
    name: str = Column(sa_type=NormalText, max_length=200)
    source: str = Column(max_length=60)
    size: int = Column(default=0)
    state: str = Column(default="checking", max_length=12, index=True)
    stage: str = Column(default="", max_length=12)
    done: int = Column(default=0)
    of: int = Column(default=0)
    columns: list[Any] = Column(default_factory=list, sa_type=JSON)
    report: dict[str, Any] | None = Column(default=None, sa_type=JSON)
    created_at: datetime = Column(sa_type=UtcDateTime)
    alive_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Column(default=None, sa_type=UtcDateTime)


class RegistrantFileContent(SQLModel, table=True):
    """The bytes of a file of registrants, where the worker finds them on whatever machine."""

    __tablename__ = "registrant_file_content"

    file_id: int = Column(foreign_key="registrant_file.id", ondelete="CASCADE", primary_key=True)
    data: bytes = Column(sa_type=LargeBinary)
