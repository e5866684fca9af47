"""What proves a round, and what an organiser decided about single pairs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime
from models.edition import SIDES

PAIR_RULES = ("pin", "forbid")


class PairRule(SQLModel, table=True):
    """An organiser's word on two people of an edition: they are to meet, or they are not.

    It counts from the next round on. Lifting it deletes the row; the audit log keeps all three.
    """

    __tablename__ = "pair_rule"
    __table_args__ = (
        UniqueConstraint("edition_id", "left_id", "right_id"),
        CheckConstraint(f"kind IN {PAIR_RULES}", name="kind_known"),
    )

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    kind: str = Column(max_length=10)
    left_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    right_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    set_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
    set_at: datetime = Column(sa_type=UtcDateTime)


class RoundPerson(SQLModel, table=True):
    """Somebody as a round took them: their side, their bounds, and the key to their pseudonym.

    ``best`` is the affinity with the best partner they might have had, None without any. The
    manifest knows people by ``pseudonym`` only; with the person goes this row, and with it the key.
    """

    __tablename__ = "round_person"
    __table_args__ = (
        UniqueConstraint("round_id", "profile_id"),
        UniqueConstraint("round_id", "pseudonym"),
        CheckConstraint(f"side IN {SIDES}", name="side_known"),
    )

    id: int = Column(default=None, primary_key=True)
    round_id: int = Column(foreign_key="round.id", ondelete="CASCADE", index=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    side: str = Column(max_length=5)
    pseudonym: str = Column(max_length=32)
    least: int
    most: int
    best: float | None = Column(default=None)


class RoundManifest(SQLModel, table=True):
    """What recomputes a round on another machine: JSON without scores, and the scores beside it.

    It names nobody, and stays as it is when people leave; see docs/formats.md.
    """

    __tablename__ = "round_manifest"

    round_id: int = Column(foreign_key="round.id", ondelete="CASCADE", primary_key=True)
    body: bytes = Column(sa_type=LargeBinary)
    scores: bytes = Column(sa_type=LargeBinary)
