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
from models import OrganisationLink, Profile, Publication
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
    entities = _Entities(session)
    known = {
        profile_id: Party(
            names=tuple(filter(None, (name, native))),
            organisations=entities.behind(organisation_id, organisation_name),
            works=tuple(works[profile_id]),
        )
        for profile_id, name, native, organisation_id, organisation_name in session.execute(query)
    }
    return [known.get(one, Party()) for one in profile_ids]


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


class _Entities:
    """The legal entities behind an organisation.

    A university and its cooperation foundation are one partner; an institute is part of its
    parents. What two institutes have in common is a parent, so parents are walked up and never
    down: a laboratory of two universities does not make the two one.
    """

    def __init__(self, session: Session) -> None:
        kinds = ("cooperation-foundation", "parent")
        query = select(
            OrganisationLink.organisation_id, OrganisationLink.linked_id, OrganisationLink.kind
        ).where(col(OrganisationLink.kind).in_(kinds))
        self._next: defaultdict[int, set[int]] = defaultdict(set)
        for one, other, kind in session.exec(query):
            self._next[one].add(other)
            if kind == "cooperation-foundation":
                self._next[other].add(one)

    def behind(self, organisation_id: int | None, name: str) -> frozenset[str]:
        """Give identifiers of all of them; a name in words stands for itself."""
        folded = fold(name)
        found = {f"name:{folded}"} if folded and folded not in _NO_ORGANISATION else set()
        if organisation_id is not None:
            found |= {f"id:{entity}" for entity in self._reached(organisation_id)}
        return frozenset(found)

    def _reached(self, organisation_id: int) -> set[int]:
        reached, waiting = {organisation_id}, [organisation_id]
        while waiting:
            for other in self._next.get(waiting.pop(), ()):
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        return reached
