"""Whole teams that a coordinator had formed for a draft, and how far that is."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime

TEAM_RUN_STATES = ("queued", "running", "done", "failed", "cancelled")


class TeamRun(SQLModel, table=True):
    """One forming of whole teams, with who asked for what and what came out of it.

    ``asked`` holds the wish by profile ids, ``result`` profile ids and figures, no text of a
    person: what somebody may read of another is asked when it is shown. ``failure`` is a code.
    """

    __tablename__ = "team_run"
    __table_args__ = (CheckConstraint(f"state IN {TEAM_RUN_STATES}", name="state_known"),)

    id: int = Column(default=None, primary_key=True)
    consortium_id: int = Column(foreign_key="consortium.id", ondelete="CASCADE", index=True)
    started_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
    state: str = Column(default="queued", max_length=10, index=True)
    stage: str = Column(default="", max_length=10)
    done: int = Column(default=0)
    of: int = Column(default=0)
    cancel_requested: bool = Column(default=False)
    failure: str = Column(default="", max_length=40)
    asked: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
    result: dict[str, Any] | None = Column(default=None, sa_type=JSON)
    created_at: datetime = Column(sa_type=UtcDateTime)
    alive_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
