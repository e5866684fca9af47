"""Long work on an edition's matcher that an organiser asked for, and what came out of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime

MATCHER_RUN_KINDS = ("good-pairs", "calibration", "exposure")
MATCHER_RUN_STATES = ("queued", "running", "done", "failed")


class MatcherRun(SQLModel, table=True):
    """One measurement or renewal of an edition's matcher, with who asked for it and its result.

    ``given`` holds what it was asked about, by profile ids; ``result`` figures only. A renewal made
    by the worker itself, for other encoders, has nobody in ``started_by``.
    """

    __tablename__ = "matcher_run"
    __table_args__ = (
        CheckConstraint(f"kind IN {MATCHER_RUN_KINDS}", name="kind_known"),
        CheckConstraint(f"state IN {MATCHER_RUN_STATES}", name="state_known"),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    kind: str = Column(max_length=12)
    state: str = Column(default="queued", max_length=12, index=True)
    started_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
    given: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
    done: int = Column(default=0)
    of: int = Column(default=0)
    failure: str = Column(default="", max_length=500)
    result: dict[str, Any] | None = Column(default=None, sa_type=JSON)
    created_at: datetime = Column(sa_type=UtcDateTime)
    alive_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
