"""What somebody shares with a team: an organisation, a publication, co-authors."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from matchmaking.conflicts import ConflictCode
from matchmaking.conflicts_one import conflicts_of_one
from services.conflicts_reading import read_parties


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody of the team, and what kind of fact ties the two."""

    profile_id: int
    code: ConflictCode


def ties_with(
    session: Session, team: Sequence[int], candidates: Sequence[int]
) -> dict[int, tuple[Tie, ...]]:
    """List what each candidate shares with people of a team; four queries."""
    parties = read_parties(session, [*team, *candidates])
    others = parties[len(team) :]
    found: defaultdict[int, list[Tie]] = defaultdict(list)
    for mate, party in zip(team, parties, strict=False):
        codes = {(one.right, one.code) for one in conflicts_of_one(party, others)}
        for place, code in sorted(codes):
            if candidates[place] != mate:
                found[candidates[place]].append(Tie(mate, code))
    return {one: tuple(found[one]) for one in candidates}
