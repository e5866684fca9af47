"""Who gets a place in an edition, and who waits for one: the one decision on it.

A place is a ``Participation``; whoever waits has a ``WaitingPlace`` and nothing else, so that what
reads participations, lists and rounds among it, can never hold them.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models import Edition, EditionCountry, Participation, Profile, WaitingPlace
from services.places_free import free_places


def give_places(
    session: Session, edition: Edition, profile_ids: Sequence[int], now: datetime
) -> list[int]:
    """Give people places in their order, or let them wait; who is in already stays as they are.

    Returns
    -------
    list[int]
        Who waits from now on.
    """
    if not profile_ids:
        return []
    # Two people at once must not both get the last place.
    session.exec(select(Edition.id).where(Edition.id == edition.id).with_for_update()).one()
    free = free_places(session, edition)
    known = who_is_in(session, edition.id, profile_ids)
    sides = sides_of(session, edition.id, profile_ids)
    new = [one for one in dict.fromkeys(profile_ids) if one not in known]
    given = [one for one in new if free.take(sides.get(one))]
    waiting = [one for one in new if one not in set(given)]
    row = {"edition_id": edition.id}
    if given:
        joined = {**row, "joined_at": now}
        session.execute(insert(Participation), [{**joined, "profile_id": one} for one in given])
    if waiting:
        came = {**row, "since": now}
        session.execute(insert(WaitingPlace), [{**came, "profile_id": one} for one in waiting])
    return waiting


def who_is_in(session: Session, edition_id: int, profile_ids: Sequence[int]) -> set[int]:
    """Find which of some people have a place in an edition or wait for one; two queries."""
    found: set[int] = set()
    for table in (Participation, WaitingPlace):
        query = select(table.profile_id).where(
            table.edition_id == edition_id, col(table.profile_id).in_(profile_ids)
        )
        found |= set(session.exec(query))
    return found


def sides_of(session: Session, edition_id: int, profile_ids: Sequence[int]) -> dict[int, str]:
    """Tell on which side people stand; who is on none is left out."""
    query = (
        select(Profile.id, EditionCountry.side)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(EditionCountry.edition_id == edition_id, col(Profile.id).in_(profile_ids))
    )
    return dict(session.exec(query).all())
