"""The fields of research that a forum knows."""

from sqlmodel import Field as Column

from models.base import NormalText, SQLModel


class Field(SQLModel, table=True):
    """A field of research, such as neuromorphic computing, named in both languages."""

    __tablename__ = "field"

    slug: str = Column(primary_key=True, max_length=60)
    name_en: str = Column(sa_type=NormalText, max_length=120)
    name_ko: str = Column(default="", sa_type=NormalText, max_length=120)
    position: int = Column(default=0)
