"""Who is kept from whom by a private choice: a person hid the other, or the other's organisation.

Who chose is told to nobody: what is asked here is only whether two people are kept apart.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, func, select, union, union_all
from sqlmodel import Session, col

from models import Exclusion, OrganisationExclusion, OrganisationLink, Profile
from services.organisation_groups import FOUNDATION, PARENT

_KEPT = 1000


@lru_cache(_KEPT)
def hidden_from(profile_id: int) -> CompoundSelect[Any]:
    """Make the query for the ids of everybody whom somebody is kept from, whoever chose it.

    It is part of most queries about people, several times a page, and takes longer to put together
    than to run; so it is kept, for the people who are here now.
    """
    return union(
        _chosen_people(col(Exclusion.profile_id) == profile_id, of_owner=False),
        _chosen_people(col(Exclusion.other_id) == profile_id, of_owner=True),
        select(_members(_hidden_by(profile_id)).c.other_id),
        _who_hid_the_organisation_of(profile_id),
    )


def kept_apart(session: Session, one_id: int, other_id: int) -> bool:
    """Tell whether two people are kept from each other by a private choice of either."""
    hidden = hidden_from(one_id).subquery()
    query = select(hidden).where(hidden.c[0] == other_id)
    return session.execute(query).first() is not None


def private_pairs(session: Session) -> set[tuple[int, int]]:
    """Read every pair of people who are kept apart, as (who chose, whom), in two queries."""
    people = select(col(Exclusion.profile_id), col(Exclusion.other_id)).where(
        col(Exclusion.other_id).is_not(None)
    )
    members = _members(select(OrganisationExclusion))
    organisations = select(members.c.owner_id, members.c.other_id)
    return {
        (owner, other)
        for query in (people, organisations)
        for owner, other in session.execute(query)
    }


def _chosen_people(condition: Any, *, of_owner: bool) -> Select[Any]:  # noqa: ANN401 - a condition
    found = Exclusion.profile_id if of_owner else Exclusion.other_id
    return select(col(found)).where(condition, col(Exclusion.other_id).is_not(None))


def _hidden_by(profile_id: int) -> Select[Any]:
    return select(OrganisationExclusion).where(col(OrganisationExclusion.profile_id) == profile_id)


def _members(exclusions: Select[Any]) -> Any:  # noqa: ANN401 - SQLAlchemy's subquery
    """Find who belongs to hidden organisations, as (owner_id, other_id).

    With an organisation goes what is below it: its institutes, and the cooperation foundation
    that stands for it. What is above it, and what else is below that, does not.
    """
    chosen = exclusions.subquery()
    start = select(chosen.c.organisation_id.label("root"), chosen.c.organisation_id.label("inside"))
    inside = start.where(chosen.c.organisation_id.is_not(None)).cte(recursive=True)
    down = _steps_down()
    inside = inside.union(
        select(inside.c.root, down.c.lower).join(down, down.c.upper == inside.c.inside)
    )
    by_id = (
        select(chosen.c.profile_id.label("owner_id"), col(Profile.id).label("other_id"))
        .join(inside, inside.c.root == chosen.c.organisation_id)
        .join(Profile, col(Profile.organisation_id) == inside.c.inside)
    )
    by_name = select(chosen.c.profile_id, col(Profile.id)).join(
        Profile,
        and_(
            col(Profile.organisation_id).is_(None),
            func.lower(col(Profile.organisation_name)) == func.lower(chosen.c.name),
        ),
    )
    return union_all(by_id, by_name).subquery()


def _who_hid_the_organisation_of(profile_id: int) -> Select[Any]:
    """Find whoever hid an organisation that somebody belongs to, walking up from theirs."""
    mine: Select[Any] = select(col(Profile.organisation_id).label("entity"))
    above = mine.where(
        col(Profile.id) == profile_id, col(Profile.organisation_id).is_not(None)
    ).cte(recursive=True)
    down = _steps_down()
    above = above.union(select(down.c.upper).join(above, down.c.lower == above.c.entity))
    name = select(func.lower(col(Profile.organisation_name))).where(
        col(Profile.id) == profile_id, col(Profile.organisation_id).is_(None)
    )
    return select(col(OrganisationExclusion.profile_id)).where(
        col(OrganisationExclusion.organisation_id).in_(select(above.c.entity))
        | func.lower(col(OrganisationExclusion.name)).in_(name)
    )


def _steps_down() -> Any:  # noqa: ANN401 - SQLAlchemy's subquery
    """Make (upper, lower): from an organisation to its parts; a foundation and its university both.

    As in ``organisation_groups``: parents are never walked up, for a laboratory of two universities
    does not make the two one.
    """
    link = OrganisationLink
    return union_all(
        select(col(link.linked_id).label("upper"), col(link.organisation_id).label("lower")).where(
            col(link.kind).in_((FOUNDATION, PARENT))
        ),
        select(col(link.organisation_id), col(link.linked_id)).where(col(link.kind) == FOUNDATION),
    ).subquery()
