"""What the tables know of people that two of them may have in common: names, works, organisations.

Every publication counts here, one of weight 0 too: its owner wished it to say nothing of their
interests, but its authors know each other all the same.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from matchmaking.conflicts import Party
from matchmaking.profile import Work
from models import Profile, Publication
from services.organisation_groups import entities_behind
from services.organisation_names import fold

# What people write who belong to no organisation, folded: they do not share one.
_WORDS_FOR_NONE = """
independent independentresearcher freelance freelancer selfemployed unaffiliated none na private
무소속 프리랜서 개인 없음
"""
_NO_ORGANISATION = frozenset(_WORDS_FOR_NONE.split())


def read_parties(session: Session, profile_ids: Sequence[int]) -> list[Party]:
    """Read people in the given order, in three queries however many they are.

    Somebody whose profile is gone has neither names nor works.
    """
    query = select_columns(
        col(Profile.id),
        col(Profile.name),
        col(Profile.name_native),
        col(Profile.organisation_id),
        col(Profile.organisation_name),
    ).where(_one_of(Profile.id, profile_ids))
    works = _works(session, profile_ids)
    rows = session.execute(query).all()
    behind = entities_behind(session, {row.organisation_id for row in rows} - {None})
    known = {
        profile_id: Party(
            names=tuple(filter(None, (name, native))),
            organisations=_organisations(organisation_name, behind.get(organisation_id, ())),
            works=tuple(works[profile_id]),
        )
        for profile_id, name, native, organisation_id, organisation_name in rows
    }
    return [known.get(one, Party()) for one in profile_ids]


def organisations_of(session: Session, profile_ids: Sequence[int]) -> list[frozenset[str]]:
    """Read the legal entities behind people, in the given order, as ``Party.organisations`` are."""
    query = select(Profile.id, Profile.organisation_id, Profile.organisation_name).where(
        _one_of(Profile.id, profile_ids)
    )
    rows = session.exec(query).all()
    behind = entities_behind(session, {number for _, number, _ in rows if number is not None})
    known = {
        one: _organisations(name, behind.get(number, ()) if number is not None else ())
        for one, number, name in rows
    }
    return [known.get(one, frozenset()) for one in profile_ids]


def _one_of(column: Any, ids: Collection[int]) -> ColumnElement[bool]:  # noqa: ANN401 - any column
    """Ask for rows by many ids, in one query.

    The numbers stand in the query's text: as parameters they would soon be more than the 32,766
    that SQLite takes.
    """
    return col(column).in_(bindparam(None, list(ids), expanding=True, literal_execute=True))


def _works(session: Session, profile_ids: Sequence[int]) -> defaultdict[int, list[Work]]:
    query = (
        select(Publication.profile_id, Publication.title, Publication.authors, Publication.doi)
        .where(_one_of(Publication.profile_id, profile_ids))
        .order_by(col(Publication.position), col(Publication.id))
    )
    works: defaultdict[int, list[Work]] = defaultdict(list)
    for owner, title, authors, doi in session.exec(query):
        names = (part if isinstance(part, str) else part.get("name", "") for part in authors)
        works[owner].append(Work(title, authors=tuple(names), doi=doi or ""))
    return works


def _organisations(name: str, entities: Collection[int]) -> frozenset[str]:
    """Give identifiers of all entities behind somebody; a name in words stands for itself."""
    folded = fold(name)
    words = {f"name:{folded}"} if folded and folded not in _NO_ORGANISATION else set()
    return frozenset(words | {f"id:{entity}" for entity in entities})
