"""Calls for proposals that participants of an edition may answer, and who is sought for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, TextList, UtcDateTime
from models.edition import SIDES


class Call(SQLModel, table=True):
    """A call for proposals; ``source`` says where its facts are from, ``preset`` which rules hold.

    Budgets are whole euros, of either side, None when not known.
    """

    __tablename__ = "call"

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    identifier: str = Column(sa_type=NormalText, unique=True, max_length=80)
    programme: str = Column(default="", sa_type=NormalText, max_length=200)
    preset: str = Column(default="none", max_length=40)
    title_en: str = Column(sa_type=NormalText, max_length=300)
    title_ko: str = Column(default="", sa_type=NormalText, max_length=300)
    text_en: str = Column(default="", sa_type=Text)
    text_ko: str = Column(default="", sa_type=Text)
    topics: list[str] = Column(default_factory=list, sa_type=TextList)
    opens_at: datetime = Column(sa_type=UtcDateTime)
    deadline_at: datetime = Column(sa_type=UtcDateTime)
    budget_left_eur: int | None = Column(default=None)
    budget_right_eur: int | None = Column(default=None)
    budget_note_en: str = Column(default="", sa_type=NormalText, max_length=500)
    budget_note_ko: str = Column(default="", sa_type=NormalText, max_length=500)
    trl_from: int | None = Column(default=None)
    trl_to: int | None = Column(default=None)
    duration_months: int | None = Column(default=None)
    source: str = Column(default="", sa_type=NormalText, max_length=500)


class WantedRole(SQLModel, table=True):
    """A part in a proposal for which a coordinator looks for somebody, on one side or on either."""

    __tablename__ = "wanted_role"
    __table_args__ = (CheckConstraint(f"side IS NULL OR side IN {SIDES}", name="side_known"),)

    id: int = Column(default=None, primary_key=True)
    call_id: int = Column(foreign_key="call.id", ondelete="CASCADE", index=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    position: int = Column(default=0)
    text: str = Column(sa_type=NormalText, max_length=500)
    side: str | None = Column(default=None, max_length=5)
    created_at: datetime = Column(sa_type=UtcDateTime)
