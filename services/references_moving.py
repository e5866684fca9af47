"""Letting everything that hangs on one profile hang on another, whatever table it is in.

The tables are found by their foreign keys, so that a new one is moved without a word here. What
would break a rule of its table, because the other has the same already or would have to do with
themself, stays where it is and goes with its profile.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, and_, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from models import Duplicate, Participation, WaitingPlace

_OF_THE_TEXT = frozenset(
    {
        "passage",
        "profile_vector_state",
        "publication",
        "statement",
        "profile_field",
        "imported_work",
    }
)
"""What a profile says, and what is made of it: merged or made anew, never moved."""
_MOMENTS = ("invite_asked_at", "invited_at", "checked_in_at")


def move_references(session: Session, old: int, new: int) -> None:
    """Move what hangs on a profile to another. Both stay; their texts are not looked at."""
    session.flush()
    _join_places(session, old, new)
    _keep_told_apart(session, old, new)
    for table, columns in _tables():
        for column in columns:
            _move_column(session, table, column, columns, old, new)
    session.expire_all()
    _leave_queues(session, new)


def _tables() -> Iterator[tuple[Table, list[Column[Any]]]]:
    for table in SQLModel.metadata.sorted_tables:
        columns = [
            column
            for column in table.columns
            if any(key.column.table.name == "profile" for key in column.foreign_keys)
        ]
        if columns and table.name not in _OF_THE_TEXT:
            yield table, columns


def _move_column(
    session: Session,
    table: Table,
    column: Column[Any],
    columns: list[Column[Any]],
    old: int,
    new: int,
) -> None:
    for row in session.execute(select(table).where(column == old)).mappings().all():
        if any(row[other.name] == new for other in columns if other is not column):
            continue
        this = and_(*(key == row[key.name] for key in table.primary_key.columns))
        try:
            with session.begin_nested():
                session.execute(update(table).where(this).values({column.name: new}))
        except IntegrityError:
            continue


def _join_places(session: Session, old: int, new: int) -> None:
    """Let what happened to either place of one edition have happened to the one that stays."""
    query = select_rows(Participation).where(col(Participation.profile_id).in_((old, new)))
    rows = session.exec(query).all()
    mine = {row.edition_id: row for row in rows if row.profile_id == new}
    for row in rows:
        kept = mine.get(row.edition_id)
        if row.profile_id != old or kept is None:
            continue
        kept.joined_at = min(kept.joined_at, row.joined_at)
        for name in _MOMENTS:
            setattr(kept, name, getattr(kept, name) or getattr(row, name))
        if kept.checked_in_at is not None:
            kept.no_show_at = None
    session.flush()


def _keep_told_apart(session: Session, old: int, new: int) -> None:
    """Let whom somebody told apart from one stay told apart from the other."""
    told = col(Duplicate.declined_at).is_not(None)
    query = select_rows(Duplicate).where(
        told, (col(Duplicate.one_id) == old) | (col(Duplicate.other_id) == old)
    )
    for row in session.exec(query).all():
        third = row.other_id if row.one_id == old else row.one_id
        if third == new:
            continue
        try:
            with session.begin_nested():
                row.one_id, row.other_id = min(third, new), max(third, new)
        except IntegrityError:
            session.expire(row)


def _leave_queues(session: Session, profile_id: int) -> None:
    """Whoever has a place waits for none."""
    query = select_rows(WaitingPlace).where(
        WaitingPlace.profile_id == profile_id,
        col(WaitingPlace.edition_id).in_(
            select_rows(Participation.edition_id).where(Participation.profile_id == profile_id)
        ),
    )
    for row in session.exec(query).all():
        session.delete(row)
    session.flush()
