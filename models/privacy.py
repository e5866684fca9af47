"""Who sees which part of a profile, what a person consented to, and which cookies are no good."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime

PARTS = ("page", "identity", "research", "publications", "exchange", "topics", "career")
PART_LEVELS = ("nobody", "organisers", "matches", "participants")
PURPOSES = (
    "terms",
    "matching",
    "showing",
    "overseas",
    "contact",
    "mails",
    "statistics",
    "gender",
)


class PartVisibility(SQLModel, table=True):
    """A part of a profile that fewer people may see than the whole.

    No row: the part is seen by whoever sees the profile. The part ``page`` is the one that widens:
    with the level ``matches``, a profile for organisers is also seen by its owner's matches.
    """

    __tablename__ = "part_visibility"
    __table_args__ = (
        CheckConstraint(f"part IN {PARTS}", name="part_known"),
        CheckConstraint(f"level IN {PART_LEVELS}", name="level_known"),
    )

    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", primary_key=True)
    part: str = Column(primary_key=True, max_length=20)
    level: str = Column(max_length=20)


class Consent(SQLModel, table=True):
    """A consent that is in force now; withdrawing deletes the row. The ledger keeps both acts."""

    __tablename__ = "consent"
    __table_args__ = (CheckConstraint(f"purpose IN {PURPOSES}", name="purpose_known"),)

    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    purpose: str = Column(primary_key=True, max_length=20)
    version: str = Column(max_length=20)
    given_at: datetime = Column(sa_type=UtcDateTime)


class ConsentEvent(SQLModel, table=True):
    """One line of the ledger: given or withdrawn, when, to which wording, in which language.

    Lines are added and never changed; they go with the account.
    """

    __tablename__ = "consent_event"
    __table_args__ = (CheckConstraint(f"purpose IN {PURPOSES}", name="purpose_known"),)

    id: int = Column(default=None, primary_key=True)
    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", index=True)
    purpose: str = Column(max_length=20)
    given: bool
    version: str = Column(max_length=20)
    language: str = Column(max_length=8)
    at: datetime = Column(sa_type=UtcDateTime)


class EndedSession(SQLModel, table=True):
    """A sign-in that ended by signing out: a copy of its cookie opens nothing any more."""

    __tablename__ = "ended_session"

    key: str = Column(primary_key=True, max_length=64)
    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", index=True)
    ended_at: datetime = Column(sa_type=UtcDateTime, index=True)
