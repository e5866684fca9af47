"""Rules of calls as an edition keeps them: dated, versioned, never changed in place."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime


class RulePreset(SQLModel, table=True):
    """One version of the rules of a kind of call. A change makes another row.

    ``data`` is what ``matchmaking.eligibility_preset.read_preset`` reads. What ships with the
    software is written down here when something of the edition is first checked by it, so that a
    draft can name the version for good.
    """

    __tablename__ = "rule_preset"
    __table_args__ = (UniqueConstraint("edition_id", "name", "version"),)

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    name: str = Column(max_length=40)
    version: int
    date: date
    source: str = Column(default="", sa_type=NormalText, max_length=500)
    data: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
    created_at: datetime = Column(sa_type=UtcDateTime)
    created_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
