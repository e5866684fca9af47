"""Workshops, study visits and networking events beside the meetings, and who comes to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime

SESSION_KINDS = ("plenary", "workshop", "visit", "networking")
AUDIENCES = ("all", "left", "right")
PLACE_STATES = ("coming", "waiting", "cancelled")
_COMING = text("state = 'coming'")


class EditionSession(SQLModel, table=True):
    """One event in an edition's programme that is no one-to-one meeting.

    ``sign_up_until`` is None where nobody signs up and everybody may come; such a session takes
    nobody's time. ``capacity`` None is no limit. ``uid`` and ``sequence`` name it and its version
    to calendars. A cancelled session stays, so that calendars learn of it.
    """

    __tablename__ = "edition_session"
    __table_args__ = (
        CheckConstraint(f"kind IN {SESSION_KINDS}", name="kind_known"),
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience_known"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        CheckConstraint("capacity IS NULL OR capacity >= 1", name="capacity_positive"),
    )

    id: int = Column(default=None, primary_key=True)
    uid: str = Column(unique=True, max_length=60)
    sequence: int = Column(default=0)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    kind: str = Column(max_length=12)
    title_en: str = Column(sa_type=NormalText, max_length=200)
    title_ko: str = Column(default="", sa_type=NormalText, max_length=200)
    text_en: str = Column(default="", sa_type=Text)
    text_ko: str = Column(default="", sa_type=Text)
    starts_at: datetime = Column(sa_type=UtcDateTime)
    ends_at: datetime = Column(sa_type=UtcDateTime)
    place: str = Column(default="", sa_type=NormalText, max_length=300)
    link: str = Column(default="", sa_type=NormalText, max_length=500)
    capacity: int | None = Column(default=None)
    sign_up_until: datetime | None = Column(default=None, sa_type=UtcDateTime)
    audience: str = Column(default="all", max_length=5)
    cancelled_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    created_at: datetime = Column(sa_type=UtcDateTime)
    changed_at: datetime = Column(sa_type=UtcDateTime)


class SessionPlace(SQLModel, table=True):
    """Somebody comes to a session, or waits for a place; the earlier row waits in front.

    ``starts_at`` is the session's, so that the database itself refuses two at one time.
    """

    __tablename__ = "session_place"
    __table_args__ = (
        UniqueConstraint("session_id", "profile_id"),
        CheckConstraint(f"state IN {PLACE_STATES}", name="state_known"),
        Index(
            "uq_session_place_coming",
            "profile_id",
            "starts_at",
            unique=True,
            sqlite_where=_COMING,
            postgresql_where=_COMING,
        ),
    )

    id: int = Column(default=None, primary_key=True)
    session_id: int = Column(foreign_key="edition_session.id", ondelete="CASCADE", index=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    state: str = Column(max_length=10)
    starts_at: datetime = Column(sa_type=UtcDateTime)
    asked_at: datetime = Column(sa_type=UtcDateTime)
