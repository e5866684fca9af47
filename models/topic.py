"""Topics of research that the forum proposes; people add their own in words."""

from sqlmodel import Field as Column

from models.base import NormalText, SQLModel


class Topic(SQLModel, table=True):
    """A proposed topic, named in both languages.

    Profiles store ``word``, its first English name: it stays when the names change, so that people
    who tick the topic in different languages or years have the same one.
    """

    __tablename__ = "topic"

    id: int = Column(default=None, primary_key=True)
    word: str = Column(sa_type=NormalText, max_length=120, unique=True)
    name_en: str = Column(sa_type=NormalText, max_length=120, unique=True)
    name_ko: str = Column(default="", sa_type=NormalText, max_length=120)
