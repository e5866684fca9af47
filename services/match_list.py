"""The match list of a round, as values that an export writes."""

from sqlalchemy import union
from sqlmodel import Session, select

from matchmaking.export import Match, MatchedPerson, MatchList
from models import Edition, Pairing, Round, UnmetNeed
from services.matched_people import matched_people
from services.rounds import pairings_of


def match_list(session: Session, edition: Edition, row: Round) -> MatchList:
    """Read a round's matches, ordered by the senders' ids; two queries whatever the number."""
    pairings = pairings_of(session, row)
    people = people_of(session, row)
    matches = [
        Match(people[pair.left_id], people[pair.right_id], pair.score, pair.grade)
        for pair in pairings
    ]
    matches.sort(key=lambda match: (match.left.id, match.right.id))
    return MatchList(edition.slug, row.number, tuple(matches))


def people_of(session: Session, row: Round) -> dict[int, MatchedPerson]:
    """Read everybody who is named in a round's result, by profile id; one query."""
    pairs = Pairing.round_id == row.id
    named = union(
        select(Pairing.left_id).where(pairs),
        select(Pairing.right_id).where(pairs),
        select(UnmetNeed.profile_id).where(UnmetNeed.round_id == row.id),
    )
    return matched_people(session, named)
