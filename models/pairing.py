"""Rounds of pairing and what came out of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime

ROUND_STATES = ("queued", "running", "done", "failed", "cancelled")


class Round(SQLModel, table=True):
    """One run of the pairing, with all that is needed to repeat it.

    ``certificate`` holds the prices of both sides by profile id; ``bound`` follows from them.
    Of a fair round, ``worst_bound`` is what no choice could lift the worst-off person above,
    ``price`` the share of the largest total that was given up, and ``fairness`` holds what the
    round was before, and what other floors would have cost.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint(f"state IN {ROUND_STATES}", name="state_known"),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    number: int
    state: str = Column(default="queued", max_length=12, index=True)
    started_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
    parameters: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
    versions: dict[str, Any] = Column(default_factory=dict, sa_type=JSON)
    input_hash: str = Column(default="", max_length=64)
    stage: str = Column(default="", max_length=30)
    done: int = Column(default=0)
    of: int = Column(default=0)
    cancel_requested: bool = Column(default=False)
    failure: str = Column(default="", max_length=500)
    total: float | None = Column(default=None)
    bound: float | None = Column(default=None)
    gap: float | None = Column(default=None)
    worst_left: float | None = Column(default=None)
    worst_right: float | None = Column(default=None)
    worst_bound: float | None = Column(default=None)
    price: float | None = Column(default=None)
    fairness: dict[str, Any] | None = Column(default=None, sa_type=JSON)
    seconds: float | None = Column(default=None)
    certificate: dict[str, Any] | None = Column(default=None, sa_type=JSON)
    created_at: datetime = Column(sa_type=UtcDateTime)
    began_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    stage_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    alive_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    published_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Column(default=None, sa_type=UtcDateTime)


class Pairing(SQLModel, table=True):
    """Two people, one of each side, whom a round brings together."""

    __tablename__ = "pairing"
    __table_args__ = (UniqueConstraint("round_id", "left_id", "right_id"),)

    id: int = Column(default=None, primary_key=True)
    round_id: int = Column(foreign_key="round.id", ondelete="CASCADE", index=True)
    left_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    right_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    score: float
    grade: str = Column(max_length=20)
    reasons: list[Any] = Column(default_factory=list, sa_type=JSON)


class UnmetNeed(SQLModel, table=True):
    """A person who got fewer partners than the least that was promised, and why."""

    __tablename__ = "unmet_need"
    __table_args__ = (UniqueConstraint("round_id", "profile_id"),)

    id: int = Column(default=None, primary_key=True)
    round_id: int = Column(foreign_key="round.id", ondelete="CASCADE", index=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    missing: int
    why: str = Column(max_length=40)
    change: dict[str, Any] | None = Column(default=None, sa_type=JSON)
