"""What people said of those who were suggested to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime

REACTION_KINDS = ("interested", "pass", "saved")
PASS_REASONS = ("too-far", "known", "not-now", "other")


class Reaction(SQLModel, table=True):
    """What one participant said of another: interested, not for me (pass), or saved for later.

    It is its owner's alone. Only when both said "interested" does either learn of the other's.
    """

    __tablename__ = "reaction"
    __table_args__ = (
        UniqueConstraint("edition_id", "profile_id", "other_id"),
        Index("ix_reaction_other_id_kind", "other_id", "kind"),
        CheckConstraint("other_id <> profile_id", name="not_oneself"),
        CheckConstraint(f"kind IN {REACTION_KINDS}", name="kind_known"),
        CheckConstraint(
            f"reason IS NULL OR (kind = 'pass' AND reason IN {PASS_REASONS})", name="reason_known"
        ),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE")
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    other_id: int = Column(foreign_key="profile.id", ondelete="CASCADE")
    kind: str = Column(max_length=10)
    reason: str | None = Column(default=None, max_length=10)
    made_at: datetime = Column(sa_type=UtcDateTime)
