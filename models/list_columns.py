"""Which columns an organiser's lists have."""

from datetime import datetime

from sqlmodel import Field as Column

from models.base import SQLModel, TextList, UtcDateTime


class ListColumns(SQLModel, table=True):
    """The columns that an account chose for an edition's match lists; without a row, the usual."""

    __tablename__ = "list_columns"

    edition_id: int = Column(foreign_key="edition.id", ondelete="CASCADE", primary_key=True)
    account_id: int = Column(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    columns: list[str] = Column(default_factory=list, sa_type=TextList)
    changed_at: datetime = Column(sa_type=UtcDateTime)
