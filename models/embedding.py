"""Passages of profiles and their vectors; the index is only a cache of these tables."""

from sqlalchemy import LargeBinary, Text, UniqueConstraint
from sqlmodel import Field as Column

from models.base import SQLModel


class Passage(SQLModel, table=True):
    """A piece of a profile's text, short enough for an encoder to read whole.

    ``year`` and ``key_work`` are those of the publication it is from.
    """

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("profile_id", "kind", "source_position", "position"),)

    id: int = Column(default=None, primary_key=True)
    profile_id: int = Column(foreign_key="profile.id", ondelete="CASCADE", index=True)
    kind: str = Column(max_length=12)
    source_position: int = Column(default=0)
    position: int = Column(default=0)
    text: str = Column(sa_type=Text)
    text_hash: str = Column(max_length=64)
    hangul: bool = Column(default=False)
    weight: float = Column(default=1.0)
    year: int | None = Column(default=None)
    key_work: bool = Column(default=False)


class PassageVector(SQLModel, table=True):
    """A passage as one encoder sees it: little-endian float32, unit length.

    Stale as soon as ``text_hash`` is not the passage's; then the worker writes it again.
    """

    __tablename__ = "passage_vector"

    passage_id: int = Column(foreign_key="passage.id", ondelete="CASCADE", primary_key=True)
    encoder: str = Column(primary_key=True, max_length=80)
    text_hash: str = Column(max_length=64)
    vector: bytes = Column(sa_type=LargeBinary)


class TextVector(SQLModel, table=True):
    """A text that is no profile's, such as a call's, as one encoder sees it; see PassageVector.

    It is found by the text's own hash, so that nothing is stale: a changed text is another one.
    """

    __tablename__ = "text_vector"

    text_hash: str = Column(primary_key=True, max_length=64)
    encoder: str = Column(primary_key=True, max_length=80)
    vector: bytes = Column(sa_type=LargeBinary)


class ProfileVectorState(SQLModel, table=True):
    """The version of the index in which a profile's vectors last changed.

    It outlives its profile (``gone``), so that caches learn of a deletion; hence no foreign key.
    """

    __tablename__ = "profile_vector_state"

    profile_id: int = Column(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int = Column(index=True)
    gone: bool = Column(default=False)


class IndexVersion(SQLModel, table=True):
    """One row: a counter, raised in the transaction that writes or removes vectors."""

    __tablename__ = "index_version"

    id: int = Column(default=1, primary_key=True)
    version: int = Column(default=0)
