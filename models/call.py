"""Calls for proposals that the participants of an edition may answer."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, TextList, UtcDateTime


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
