"""What organisers and coordinators changed: who, when, what was before and what after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime

AUDIT_SUBJECTS = (
    "edition",
    "registrant",
    "round",
    "pair",
    "session",
    "meeting",
    "mailing",
    "call",
    "preset",
    "consortium",
)


class AuditEntry(SQLModel, table=True):
    """One change to something of an edition. Written once, never edited.

    ``act`` is a word such as "published"; ``subject`` the kind of thing and ``subject_id`` its row.
    ``before`` and ``after`` hold the changed values only; people appear in them as profile ids,
    so that erasing a person leaves a number that leads nowhere. ``by_person`` tells somebody who
    left, and whose ``actor_id`` is gone with them, from the worker and the command line.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (CheckConstraint(f"subject IN {AUDIT_SUBJECTS}", name="subject_known"),)

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    at: datetime = Column(sa_type=UtcDateTime)
    actor_id: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
    by_person: bool = Column(default=False)
    act: str = Column(max_length=40)
    subject: str = Column(max_length=20)
    subject_id: int | None = Column(default=None)
    before: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
