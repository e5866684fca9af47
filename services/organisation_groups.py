"""Which legal entities stand behind an organisation: its parents, and a university's foundation.

A university and its cooperation foundation are one partner; an institute is part of its parents.
What two institutes have in common is a parent, so parents are walked up and never down: a
laboratory of two universities does not make the two one.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, case, insert
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models import Organisation, OrganisationLink

FOUNDATION = "cooperation-foundation"
PARENT = "parent"
_CHUNK = 500


def entities_behind(
    session: Session, organisation_ids: Collection[int]
) -> dict[int, frozenset[int]]:
    """Find all entities behind each organisation, itself among them; one query.

    It reads the links of these organisations alone, so that a registry of 100,000 costs nothing.
    """
    found: defaultdict[int, set[int]] = defaultdict(set)
    for root, entity in session.execute(_walk(), {"roots": list(organisation_ids)}):
        found[root].add(entity)
    return {root: frozenset(entities) for root, entities in found.items()}


def link_to_parents(session: Session, parents: Mapping[str, Collection[str]]) -> None:
    """Link organisations to their parents, by ROR id, where both are known; links stay that were.

    Parameters
    ----------
    parents
        By the ROR id of the part, those of its parents.
    """
    rors = {*parents, *(parent for some in parents.values() for parent in some)}
    ids = _ids_of(session, sorted(rors))
    wanted = {
        (ids[part], ids[parent])
        for part, some in parents.items()
        for parent in some
        if part in ids and parent in ids and part != parent
    }
    known = session.exec(
        select(OrganisationLink.organisation_id, OrganisationLink.linked_id).where(
            OrganisationLink.kind == PARENT
        )
    ).all()
    rows = [
        {"organisation_id": part, "linked_id": parent, "kind": PARENT}
        for part, parent in sorted(wanted.difference(map(tuple, known)))
    ]
    if rows:
        session.execute(insert(OrganisationLink), rows)


def _ids_of(session: Session, rors: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(rors), _CHUNK):
        some = col(Organisation.ror).in_(rors[start : start + _CHUNK])
        query = select(Organisation.ror, Organisation.id).where(some)
        found |= {str(ror): row_id for ror, row_id in session.exec(query)}
    return found


@lru_cache(1)
def _walk() -> Select[Any]:
    """Make the query (root, entity) once: to put it together takes longer than to run it."""
    link = OrganisationLink
    # The numbers stand in the query's text: as parameters they would soon be too many for SQLite.
    roots = bindparam("roots", type_=Integer, expanding=True, literal_execute=True)
    root: Any = col(Organisation.id).label("root")
    walk = (
        select_columns(root, col(Organisation.id).label("entity"))
        .where(col(Organisation.id).in_(roots))
        .cte("behind", recursive=True)
    )
    up = (col(link.organisation_id) == walk.c.entity) & col(link.kind).in_((FOUNDATION, PARENT))
    back = (col(link.linked_id) == walk.c.entity) & (col(link.kind) == FOUNDATION)
    # One recursive part, not two: PostgreSQL knows no more.
    other: Any = case((up, col(link.linked_id)), else_=col(link.organisation_id))
    whole = walk.union(select_columns(walk.c.root, other).where(up | back))
    return select_columns(whole.c.root, whole.c.entity)
