"""Which columns an organiser's match lists have, remembered for each edition."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from matchmaking.export_columns import USUAL, ordered
from models import ListColumns


def list_columns(session: Session, edition_id: int, account_id: int | None) -> tuple[str, ...]:
    """Tell which columns an account chose, in their order; the usual ones when it did not."""
    row = session.get(ListColumns, (edition_id, account_id)) if account_id else None
    return ordered(row.columns) if row is not None else USUAL


def remember_columns(
    session: Session, edition_id: int, account_id: int, columns: Collection[str], now: datetime
) -> tuple[str, ...]:
    """Keep the columns that an account chose; none are the usual ones."""
    row = session.get(ListColumns, (edition_id, account_id))
    if row is None:
        row = ListColumns(edition_id=edition_id, account_id=account_id, changed_at=now)
        session.add(row)
    row.columns, row.changed_at = list(ordered(columns)), now
    session.flush()
    return ordered(columns)
