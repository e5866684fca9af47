"""Organisations, the names they go by, and which legal entities belong together."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel

ORGANISATION_TYPES = ("university", "rto", "company", "public", "other")
NAME_KINDS = ("label", "alias", "acronym")
LINK_KINDS = ("cooperation-foundation", "parent", "related")


class Organisation(SQLModel, table=True):
    """A legal entity, with its ROR id where the registry knows it."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint(f"type IN {ORGANISATION_TYPES}", name="type_known"),)

    id: int = Column(default=None, primary_key=True)
    ror: str | None = Column(default=None, unique=True, max_length=40)
    pic: str | None = Column(default=None, unique=True, max_length=9)
    name: str = Column(sa_type=NormalText, max_length=300, index=True)
    name_native: str = Column(default="", sa_type=NormalText, max_length=300)
    country: str = Column(max_length=2, index=True)
    city: str = Column(default="", sa_type=NormalText, max_length=200)
    type: str = Column(default="other", max_length=20)


class OrganisationName(SQLModel, table=True):
    """One name of an organisation; ``folded`` is lower case, without accents and spaces."""

    __tablename__ = "organisation_name"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint(f"kind IN {NAME_KINDS}", name="kind_known"),
    )

    id: int = Column(default=None, primary_key=True)
    organisation_id: int = Column(foreign_key="organisation.id", ondelete="CASCADE", index=True)
    name: str = Column(sa_type=NormalText, max_length=300)
    folded: str = Column(max_length=300, index=True)
    kind: str = Column(max_length=10)


class OrganisationLink(SQLModel, table=True):
    """Two legal entities that count as one partner, as a Korean university and its foundation."""

    __tablename__ = "organisation_link"
    __table_args__ = (
        UniqueConstraint("organisation_id", "linked_id", "kind"),
        CheckConstraint("organisation_id <> linked_id", name="two_entities"),
        CheckConstraint(f"kind IN {LINK_KINDS}", name="kind_known"),
    )

    id: int = Column(default=None, primary_key=True)
    organisation_id: int = Column(foreign_key="organisation.id", ondelete="CASCADE", index=True)
    linked_id: int = Column(foreign_key="organisation.id", ondelete="CASCADE", index=True)
    kind: str = Column(max_length=30)
