"""Messages between two people, whom they do not want to hear from, and what was reported."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime

REPORT_OUTCOMES = ("removed", "kept")


class Message(SQLModel, table=True):
    """A text from one person to another. A thread is all that two people wrote to each other."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("sender_id <> recipient_id", name="two_people"),
        Index("ix_message_sender_id_recipient_id", "sender_id", "recipient_id"),
        Index("ix_message_recipient_id_sender_id", "recipient_id", "sender_id"),
    )

    id: int = Column(default=None, primary_key=True)
    sender_id: int = Column(foreign_key="profile.id", ondelete="CASCADE")
    recipient_id: int = Column(foreign_key="profile.id", ondelete="CASCADE")
    text: str = Column(sa_type=Text)
    sent_at: datetime = Column(sa_type=UtcDateTime)
    read_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Column(default=None, sa_type=UtcDateTime)


class MessageBlock(SQLModel, table=True):
    """A person takes no messages of another one, who is not told."""

    __tablename__ = "message_block"

    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", primary_key=True)
    other_id: int = Column(
        foreign_key="profile.id", ondelete="CASCADE", primary_key=True, index=True
    )
    created_at: datetime = Column(sa_type=UtcDateTime)


class MessageReport(SQLModel, table=True):
    """A message that its reader brought before the organisers, and what they decided."""

    __tablename__ = "message_report"
    __table_args__ = (
        UniqueConstraint("message_id", "reporter_id"),
        CheckConstraint(f"outcome IS NULL OR outcome IN {REPORT_OUTCOMES}", name="outcome_known"),
    )

    id: int = Column(default=None, primary_key=True)
    message_id: int = Column(foreign_key="message.id", ondelete="CASCADE", index=True)
    reporter_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    reason: str = Column(default="", sa_type=NormalText, max_length=1000)
    reported_at: datetime = Column(sa_type=UtcDateTime)
    decided_at: datetime | None = Column(default=None, sa_type=UtcDateTime, index=True)
    decided_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
    outcome: str | None = Column(default=None, max_length=10)
