"""How long a match list is, without reading it."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import Edition, Meeting, Pairing, Profile, Round
from services.listed_people import takes_part_in
from services.meeting_rules import ACCEPTED, PROPOSED

_LIVE = (PROPOSED, ACCEPTED)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many pairs a list has, how many are left out, and how many of the pairs meet."""

    pairs: int
    left_out: int
    scheduled: int


def list_counts(session: Session, edition: Edition, row: Round) -> ListCounts:
    """Count what a list would hold, by ids alone; three queries.

    A database that joins all this looks up every left person with every right one.
    """
    here = set(session.exec(select(Profile.id).where(takes_part_in(edition))))
    ends = select(Pairing.left_id, Pairing.right_id).where(Pairing.round_id == row.id)
    pairs = set(session.exec(ends))
    kept = {(left, right) for left, right in pairs if left in here and right in here}
    meets = select(Meeting.left_id, Meeting.right_id).where(
        Meeting.edition_id == edition.id, col(Meeting.state).in_(_LIVE)
    )
    scheduled_pairs = kept.intersection((left, right) for left, right in session.exec(meets))
    return ListCounts(len(kept), len(pairs) - len(kept), len(scheduled_pairs))
