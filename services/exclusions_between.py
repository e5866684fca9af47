"""Whom a private choice keeps from any of some people; who chose is told to nobody."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from services.private_choices import hidden_from


def apart_from_any(
    session: Session, team: Sequence[int], others: Collection[int]
) -> frozenset[int]:
    """Give those of some people who are kept from anybody of a team; one query for each member."""
    wanted = frozenset(others)
    found: set[int] = set()
    for one in team:
        found.update(row[0] for row in session.execute(hidden_from(one)))
    return wanted & found
