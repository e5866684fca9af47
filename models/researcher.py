"""Profiles of researchers, and what they work on, offer and need."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, TextList, UtcDateTime

CAREER_STAGES = ("student", "doctoral", "postdoc", "early-career", "established")
VISIBILITIES = ("nobody", "organisers", "participants", "signed-in")
STATEMENT_KINDS = ("offer", "need")


class Profile(SQLModel, table=True):
    """What one person says of their work. Seen by nobody until ``published_at`` is set.

    An imported profile has no account, and ``confirmed_at`` is empty until the person confirms it.
    ``edited_fields`` names what the person changed, so that a later import keeps it.
    """

    __tablename__ = "profile"
    __table_args__ = (
        UniqueConstraint("source", "source_key"),
        CheckConstraint(f"visibility IN {VISIBILITIES}", name="visibility_known"),
        CheckConstraint(
            "least_partners IS NULL OR most_partners IS NULL OR least_partners <= most_partners",
            name="least_at_most_most",
        ),
    )

    id: int = Column(default=None, primary_key=True)
    account_id: int | None = Column(
        default=None, foreign_key="account.id", ondelete="CASCADE", unique=True
    )
    source: str = Column(default="account", max_length=60)
    source_key: str = Column(sa_type=NormalText, max_length=300)
    name: str = Column(default="", sa_type=NormalText, max_length=200)
    name_native: str = Column(default="", sa_type=NormalText, max_length=200)
    email: str = Column(default="", sa_type=NormalText, max_length=254, index=True)
    phone: str = Column(default="", max_length=40)
    orcid: str | None = Column(default=None, max_length=19, index=True)
    country: str | None = Column(default=None, max_length=2, index=True)
    organisation_id: int | None = Column(
        default=None, foreign_key="organisation.id", ondelete="SET NULL", index=True
    )
    organisation_name: str = Column(default="", sa_type=NormalText, max_length=300)
    organisation_type: str | None = Column(default=None, max_length=20)
    career_stage: str | None = Column(default=None, max_length=20)
    gender: str | None = Column(default=None, max_length=40)
    languages: list[str] = Column(default_factory=list, sa_type=TextList)
    topics: list[str] = Column(default_factory=list, sa_type=TextList)
    research: str = Column(default="", sa_type=Text)
    least_partners: int | None = Column(default=None)
    most_partners: int | None = Column(default=None)
    visibility: str = Column(default="participants", max_length=20)
    published_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    confirmed_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    edited_fields: list[str] = Column(default_factory=list, sa_type=TextList)
    created_at: datetime = Column(sa_type=UtcDateTime)
    updated_at: datetime = Column(sa_type=UtcDateTime)


class ProfileField(SQLModel, table=True):
    """A field of research that a person works in."""

    __tablename__ = "profile_field"

    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", primary_key=True)
    field_slug: str = Column(
        foreign_key="field.slug", ondelete="CASCADE", primary_key=True, index=True
    )


class Statement(SQLModel, table=True):
    """One thing that a person offers, or one that a person needs."""

    __tablename__ = "statement"
    __table_args__ = (CheckConstraint(f"kind IN {STATEMENT_KINDS}", name="kind_known"),)

    id: int = Column(default=None, primary_key=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    kind: str = Column(max_length=10)
    position: int = Column(default=0)
    text: str = Column(sa_type=NormalText, max_length=500)


class Publication(SQLModel, table=True):
    """A publication of a person; ``weight`` below 1 counts it less, 0 leaves it out.

    ``key_work`` marks one of the few that say best what the person does.
    """

    __tablename__ = "publication"

    id: int = Column(default=None, primary_key=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    position: int = Column(default=0)
    title: str = Column(sa_type=NormalText, max_length=1000)
    abstract: str = Column(default="", sa_type=Text)
    authors: list[Any] = Column(default_factory=list, sa_type=JSON)
    year: int | None = Column(default=None)
    doi: str | None = Column(default=None, max_length=300)
    venue: str = Column(default="", sa_type=NormalText, max_length=500)
    weight: float = Column(default=1.0)
    key_work: bool = Column(default=False)
