"""When people are free, whom they meet, and what came of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, TextClause, UniqueConstraint, text
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime
from models.edition import SIDES

AVAILABILITY_KINDS = ("busy", "free")
MEETING_STATES = ("planned", "proposed", "accepted", "declined", "cancelled")
NEXT_STEPS = ("nothing", "contact", "exchange", "visit", "proposal")
OUTCOMES = ("nothing", "talking", "proposal", "funded")
FOLLOW_UP_MONTHS = (1, 6, 12)
_AGREED = text("state = 'accepted'")
_PLANNED = text("state = 'planned'")


def _once(name: str, *columns: str, among: TextClause = _AGREED) -> Index:
    """Make the promise that two meetings, agreed or else planned, never share these columns."""
    return Index(name, *columns, unique=True, sqlite_where=among, postgresql_where=among)


class Availability(SQLModel, table=True):
    """A time in which a participant is busy during the programme, or free outside of it.

    Whoever says nothing is free in every slot of the programme, and at no other time.
    """

    __tablename__ = "availability"
    __table_args__ = (
        UniqueConstraint("participation_id", "kind", "starts_at"),
        CheckConstraint(f"kind IN {AVAILABILITY_KINDS}", name="kind_known"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
    )

    id: int = Column(default=None, primary_key=True)
    participation_id: int = Column(foreign_key="participation.id", ondelete="CASCADE")
    kind: str = Column(max_length=4)
    starts_at: datetime = Column(sa_type=UtcDateTime)
    ends_at: datetime = Column(sa_type=UtcDateTime)


class Meeting(SQLModel, table=True):
    """A meeting of two people, one of each side; agreed when both agree.

    A person's proposal has that side's agreement from the start, a round's has none. A *planned*
    one stands on the organisers' board only, until they announce it and it is a proposal. Once
    agreed, somebody may wish another time; the agreed one stands until the other side takes the
    wish.
    ``uid`` and ``sequence`` name the meeting and its version to calendars. A meeting in a slot of
    the programme gets a table when it is agreed, or planned; any other is online.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint(f"state IN {MEETING_STATES}", name="state_known"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        CheckConstraint("left_id <> right_id", name="not_with_oneself"),
        CheckConstraint(f"wish_by IS NULL OR wish_by IN {SIDES}", name="wish_of_a_side"),
        _once("uq_meeting_left", "left_id", "starts_at"),
        _once("uq_meeting_right", "right_id", "starts_at"),
        _once("uq_meeting_table", "edition_id", "starts_at", "table_number"),
        _once("uq_meeting_planned_left", "left_id", "starts_at", among=_PLANNED),
        _once("uq_meeting_planned_right", "right_id", "starts_at", among=_PLANNED),
        _once(
            "uq_meeting_planned_table", "edition_id", "starts_at", "table_number", among=_PLANNED
        ),
    )

    id: int = Column(default=None, primary_key=True)
    uid: str = Column(unique=True, max_length=60)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    round_id: int | None = Column(
        default=None, foreign_key="round.id", ondelete="SET NULL", index=True
    )
    left_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    right_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    starts_at: datetime = Column(sa_type=UtcDateTime, index=True)
    ends_at: datetime = Column(sa_type=UtcDateTime)
    state: str = Column(default="proposed", max_length=10, index=True)
    left_agrees: bool = Column(default=False)
    right_agrees: bool = Column(default=False)
    wish_starts_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    wish_by: str | None = Column(default=None, max_length=5)
    table_number: int | None = Column(default=None)
    link: str = Column(default="", sa_type=NormalText, max_length=500)
    sequence: int = Column(default=0)
    created_at: datetime = Column(sa_type=UtcDateTime)
    changed_at: datetime = Column(sa_type=UtcDateTime)


class MeetingReview(SQLModel, table=True):
    """What one person says of a meeting afterwards; for that person and organisers' sums only."""

    __tablename__ = "meeting_review"
    __table_args__ = (
        UniqueConstraint("meeting_id", "profile_id"),
        CheckConstraint("useful IS NULL OR useful BETWEEN 1 AND 4", name="useful_of_four"),
        CheckConstraint(f"next_step IS NULL OR next_step IN {NEXT_STEPS}", name="next_step_known"),
    )

    id: int = Column(default=None, primary_key=True)
    meeting_id: int = Column(foreign_key="meeting.id", ondelete="CASCADE")
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    met: bool
    useful: int | None = Column(default=None)
    next_step: str | None = Column(default=None, max_length=10)
    changed_at: datetime = Column(sa_type=UtcDateTime)


class OutcomeAnswer(SQLModel, table=True):
    """What came of a meeting so many months later, as one of the two says."""

    __tablename__ = "outcome_answer"
    __table_args__ = (
        UniqueConstraint("meeting_id", "profile_id", "months"),
        CheckConstraint(f"months IN {FOLLOW_UP_MONTHS}", name="months_known"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome_known"),
    )

    id: int = Column(default=None, primary_key=True)
    meeting_id: int = Column(foreign_key="meeting.id", ondelete="CASCADE")
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    months: int
    outcome: str = Column(max_length=10)
    answered_at: datetime = Column(sa_type=UtcDateTime)


class Calendar(SQLModel, table=True):
    """How a person keeps time: their zone, which mails they want, and the feed's secret address.

    An empty ``zone`` is that of the person's side. The address itself is not kept, only its hash.
    """

    __tablename__ = "calendar"

    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", primary_key=True)
    zone: str = Column(default="", max_length=60)
    reminders: bool = Column(default=True)
    follow_ups: bool = Column(default=True)
    feed_hash: str | None = Column(default=None, max_length=64, unique=True)
    feed_renewed_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
