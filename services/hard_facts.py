"""People whom a list of suggestions leaves out, because a round would not pair them either."""

from sqlmodel import Session

from services.conflicts import conflicting
from services.ranking import Ranking

_SPARE = 5


def leave_out_conflicts(session: Session, profile_id: int, ranking: Ranking, shown: int) -> None:
    """Take colleagues and co-authors out of the first places of a ranking.

    Only so many people are looked up as the reader comes to, and a few more to take the places of
    who is left out: to read every publication of a side would take seconds. Three queries, and
    three more for every five who are left out.

    Parameters
    ----------
    shown
        How many places from the first on the reader comes to.
    """
    free: set[int] = set()
    while True:
        first = set(ranking.first_ids(shown))
        if first <= free:
            return
        near = set(ranking.first_ids(shown + _SPARE)) - free
        found = conflicting(session, profile_id, sorted(near))
        ranking.leave_out(found)
        free |= near - found
