"""Replacing the publications of profiles by a file's, without losing what people said of them.

A work that is there already, by its DOI or its title, stays the same row: it keeps its mark as a
key work, and imports remember it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from models import Publication
from services.imports_works import WORKS_LIMIT, WorkRecord
from services.work_keys import Known, WorkFinder


def replace_works(session: Session, lists: Mapping[int, Sequence[WorkRecord]]) -> None:
    """Give profiles, by id, these publications in this order, and no others."""
    query = select(Publication).where(col(Publication.profile_id).in_(lists))
    present: dict[int, list[Publication]] = defaultdict(list)
    for row in session.exec(query.order_by(col(Publication.position))):
        present[row.profile_id].append(row)
    new: list[dict[str, Any]] = []
    gone: list[int] = []
    for owner, works in lists.items():
        rows = {row.id: row for row in present[owner]}
        finder = WorkFinder(Known(row.id, row.title, row.doi) for row in present[owner])
        for position, work in enumerate(works):
            row_there = rows.pop(finder.find(work.title, work.doi) or 0, None)
            columns = {"position": position, **asdict(work), "authors": list(work.authors)}
            if row_there is None:
                new.append({"profile_id": owner, **columns})
            else:
                _set(row_there, columns)
        gone += rows
    session.flush()
    if gone:
        session.execute(delete(Publication).where(col(Publication.id).in_(gone)))
    if new:
        session.execute(insert(Publication), new)


def joined(own: Sequence[WorkRecord], given: Sequence[WorkRecord]) -> tuple[WorkRecord, ...]:
    """Join a person's own works with those of an imported profile; the own weights stay.

    The given works come first, as the import has them; the own ones that it lacks follow.
    """
    finder = WorkFinder(Known(n, work.title, work.doi) for n, work in enumerate(own))
    left = dict(enumerate(own))
    found: list[WorkRecord] = []
    for work in given:
        number = finder.find(work.title, work.doi)
        mine = None if number is None else left.pop(number, None)
        found.append(work if mine is None else replace(work, weight=mine.weight))
    # The own ones are never cut off; the file's last ones are, where there are too many.
    room = max(0, WORKS_LIMIT - len(left))
    return (*found[:room], *left.values())


def _set(row: Publication, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
