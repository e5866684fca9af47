"""Calls for proposals that participants of an edition may answer, and who is sought for them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, TextList, UtcDateTime
from models.edition import SIDES


class Call(SQLModel, table=True):
    """A call for proposals; ``preset`` names the rules that hold.

    ``source`` says where its facts are from, ``checked_on`` when somebody last compared them. What
    nobody knows is None: a moment, a budget of a side in whole units of its currency, a TRL.
    Moments are of ``zone``, in which the call text tells them.
    """

    __tablename__ = "call"
    __table_args__ = (UniqueConstraint("edition_id", "identifier"),)

    id: int = Column(default=None, primary_key=True)
    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", index=True)
    identifier: str = Column(sa_type=NormalText, max_length=80)
    programme: str = Column(default="", sa_type=NormalText, max_length=200)
    preset: str = Column(default="none", max_length=40)
    title_en: str = Column(sa_type=NormalText, max_length=300)
    title_ko: str = Column(default="", sa_type=NormalText, max_length=300)
    text_en: str = Column(default="", sa_type=Text)
    text_ko: str = Column(default="", sa_type=Text)
    topics: list[str] = Column(default_factory=list, sa_type=TextList)
    opens_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    deadline_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    zone: str = Column(default="Europe/Brussels", max_length=60)
    budget_left: int | None = Column(default=None, sa_type=BigInteger)
    budget_left_currency: str = Column(default="EUR", max_length=3)
    budget_right: int | None = Column(default=None, sa_type=BigInteger)
    budget_right_currency: str = Column(default="EUR", max_length=3)
    budget_note_en: str = Column(default="", sa_type=NormalText, max_length=500)
    budget_note_ko: str = Column(default="", sa_type=NormalText, max_length=500)
    trl_from: int | None = Column(default=None)
    trl_to: int | None = Column(default=None)
    duration_months: int | None = Column(default=None)
    link: str = Column(default="", max_length=500)
    source: str = Column(default="", sa_type=NormalText, max_length=500)
    checked_on: date | None = Column(default=None)


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
