"""Accounts, the roles they hold, and requests for a role."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime

ROLES = ("coordinator", "organiser", "administrator")


class Account(SQLModel, table=True):
    """Who may sign in. Everybody with an account is a researcher; other roles add up.

    ``session_epoch`` is part of each session: raising it signs out everywhere. ``legal_seen`` is
    the version of the legal texts that the person was last told of.
    ``appearance`` is "light" or "dark"; none follows the reader's system.
    """

    __tablename__ = "account"

    id: int = Column(default=None, primary_key=True)
    email: str = Column(sa_type=NormalText, unique=True, max_length=254)
    password_hash: str = Column(max_length=255)
    language: str | None = Column(default=None, max_length=8)
    appearance: str | None = Column(default=None, max_length=8)
    confirmed_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    created_at: datetime = Column(sa_type=UtcDateTime)
    failed_sign_ins: int = Column(default=0)
    locked_until: datetime | None = Column(default=None, sa_type=UtcDateTime)
    session_epoch: int = Column(default=0)
    legal_seen: str | None = Column(default=None, max_length=20)


class AccountRole(SQLModel, table=True):
    """A role beyond researcher. An organiser's is for one edition, or for all if none is named."""

    __tablename__ = "account_role"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "edition_id"),
        CheckConstraint(f"role IN {ROLES}", name="role_known"),
        CheckConstraint("edition_id IS NULL OR role = 'organiser'", name="edition_of_organiser"),
    )

    id: int = Column(default=None, primary_key=True)
    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", index=True)
    role: str = Column(max_length=20)
    edition_id: int | None = Column(default=None, foreign_key="edition.id", ondelete="CASCADE")


class RoleRequest(SQLModel, table=True):
    """An account's request to be a coordinator, and what an organiser answered."""

    __tablename__ = "role_request"

    id: int = Column(default=None, primary_key=True)
    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", index=True)
    role: str = Column(max_length=20)
    reason: str = Column(default="", sa_type=NormalText, max_length=2000)
    requested_at: datetime = Column(sa_type=UtcDateTime)
    decided_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    decided_by: int | None = Column(default=None, foreign_key="account.id", ondelete="SET NULL")
    granted: bool | None = Column(default=None)
