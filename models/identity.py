"""Who an account is elsewhere: sign-in with another provider."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field as Column

from models.base import SQLModel, UtcDateTime


class Identity(SQLModel, table=True):
    """An account's identity at a provider, such as its ORCID iD; ``subject`` never changes there.

    No token of the provider is kept.
    """

    __tablename__ = "identity"
    __table_args__ = (
        UniqueConstraint("provider", "subject"),
        UniqueConstraint("account_id", "provider"),
    )

    id: int = Column(default=None, primary_key=True)
    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", index=True)
    provider: str = Column(max_length=20)
    subject: str = Column(max_length=255)
    created_at: datetime = Column(sa_type=UtcDateTime)
