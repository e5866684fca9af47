"""Schedules as PDF files that the worker makes, because hundreds of pages take their time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime

PRINT_KINDS = ("people", "tables", "days")
PRINT_STATES = ("queued", "running", "done", "failed")


class SchedulePrint(SQLModel, table=True):
    """One PDF of an edition's schedule: a page for each person, table or day.

    ``content`` is there when it is done, and is kept for a day: it names people.
    """

    __tablename__ = "schedule_print"
    __table_args__ = (
        CheckConstraint(f"kind IN {PRINT_KINDS}", name="kind_known"),
        CheckConstraint(f"state IN {PRINT_STATES}", name="state_known"),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    kind: str = Column(max_length=10)
    language: str = Column(max_length=5)
    state: str = Column(default="queued", max_length=10, index=True)
    done: int = Column(default=0)
    of: int = Column(default=0)
    failure: str = Column(default="", max_length=300)
    content: bytes | None = Column(default=None, sa_type=LargeBinary)
    created_at: datetime = Column(sa_type=UtcDateTime)
    alive_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
