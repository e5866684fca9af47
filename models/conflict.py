"""Who must not be paired with whom."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field as Column

from models.base import NormalText, SQLModel, UtcDateTime


class Exclusion(SQLModel, table=True):
    """One person does not want to meet another, known or not known yet.

    ``other_key`` holds the id or address that an import named, and is matched again when somebody
    with that key arrives; ``other_id`` is set as soon as the person is known. Who set an exclusion
    is a private choice and is shown to nobody but its owner.
    """

    __tablename__ = "exclusion"
    __table_args__ = (
        UniqueConstraint("profile_id", "other_id"),
        UniqueConstraint("profile_id", "other_key"),
        CheckConstraint("other_id IS NOT NULL OR other_key IS NOT NULL", name="names_somebody"),
        CheckConstraint("other_id IS NULL OR other_id <> profile_id", name="not_oneself"),
    )

    id: int = Column(default=None, primary_key=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    other_id: int | None = Column(
        default=None, foreign_key="profile.id", ondelete="CASCADE", index=True
    )
    other_key: str | None = Column(default=None, sa_type=NormalText, max_length=300, index=True)
    created_at: datetime = Column(sa_type=UtcDateTime)


class OrganisationExclusion(SQLModel, table=True):
    """A person does not want to meet anybody from an organisation; as private as ``Exclusion``.

    ``name`` is what the organisation is called by people whose organisation is not known by id.
    """

    __tablename__ = "organisation_exclusion"
    __table_args__ = (
        UniqueConstraint("profile_id", "organisation_id"),
        UniqueConstraint("profile_id", "name"),
        CheckConstraint(
            "(organisation_id IS NULL) <> (name IS NULL)", name="names_one_organisation"
        ),
    )

    id: int = Column(default=None, primary_key=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    organisation_id: int | None = Column(
        default=None, foreign_key="organisation.id", ondelete="CASCADE", index=True
    )
    name: str | None = Column(default=None, sa_type=NormalText, max_length=300)
    created_at: datetime = Column(sa_type=UtcDateTime)
