"""The match list of a round, as values that an export writes."""

from collections.abc import Mapping

from sqlalchemy import union
from sqlmodel import Session, col, select

from matchmaking.export import ListedMeeting, Match, MatchedPerson, MatchList
from models import Edition, Meeting, Pairing, Round, UnmetNeed
from services.errors import ServiceError
from services.listed_people import listed_people
from services.matched_people import matched_people
from services.meeting_rules import ACCEPTED, PROPOSED
from services.rounds import find_round

_DONE = "done"
_LIVE = (PROPOSED, ACCEPTED)


class RoundNotDone(ServiceError):
    """A round that has no pairs (yet)."""

    code = "round-not-done"


class NothingScheduled(ServiceError):
    """None of a round's pairs has a meeting; the text says what to do."""

    code = "nothing-scheduled"

    def __init__(self, matches: MatchList) -> None:
        super().__init__(
            f"No pair of round {matches.round} of {matches.edition} has a meeting: run"
            f" `flask --app app schedule {matches.edition} --round {matches.round}` first."
        )


def round_to_list(session: Session, edition: Edition, number: int | None = None) -> Round:
    """Find the round that a list is of: the newest finished one, or that of a number.

    Raises
    ------
    NotFound, RoundNotDone
    """
    row = find_round(session, edition, number)
    if row.state != _DONE:
        raise RoundNotDone(
            f"Round {row.number} of {edition.slug} is {row.state}: wait until it is done, or take"
            " another round."
        )
    return row


def match_list(session: Session, edition: Edition, row: Round) -> MatchList:
    """Read a round's matches, ordered by the senders' ids; five queries whatever the number.

    Pairs of which one left the edition, or withdrew the consent to be brought together, are left
    out and counted: a file goes where nobody can take them out of it.
    """
    pairs = session.exec(
        select(Pairing.left_id, Pairing.right_id, Pairing.score, Pairing.grade).where(
            Pairing.round_id == row.id
        )
    ).all()
    people = listed_people(
        session, edition, sorted({one for left, right, *_ in pairs for one in (left, right)})
    )
    meetings = _meetings(session, edition, row)
    matches = [
        Match(people[left].person, people[right].person, score, grade, meetings.get((left, right)))
        for left, right, score, grade in pairs
        if people[left].here and people[right].here
    ]
    matches.sort(key=lambda match: (match.left.who.id, match.right.who.id))
    return MatchList(
        edition=edition.slug,
        round=row.number,
        made_at=row.finished_at or row.created_at,
        zones=(edition.left_zone, edition.right_zone),
        matches=tuple(matches),
        left_out=len(pairs) - len(matches),
    )


def scheduled(matches: MatchList) -> MatchList:
    """Make sure that a list has meetings.

    Raises
    ------
    NothingScheduled
    """
    if not matches.scheduled:
        raise NothingScheduled(matches)
    return matches


def _meetings(
    session: Session, edition: Edition, row: Round
) -> Mapping[tuple[int, int], ListedMeeting]:
    """Read the meetings of an edition that stand, by pair; this round's own go before others."""
    query = (
        select(Meeting)
        .where(Meeting.edition_id == edition.id, col(Meeting.state).in_(_LIVE))
        # The last of a pair stays: an agreed one before a proposed one, this round's before others.
        .order_by(
            (col(Meeting.round_id) == row.id).is_(True),
            col(Meeting.state).desc(),
            col(Meeting.id),
        )
    )
    return {
        (one.left_id, one.right_id): ListedMeeting(
            id=one.id,
            uid=one.uid,
            sequence=one.sequence,
            state=one.state,
            start=one.starts_at,
            end=one.ends_at,
            table=one.table_number,
            changed_at=one.changed_at,
        )
        for one in session.exec(query)
    }


def people_of(session: Session, row: Round) -> dict[int, MatchedPerson]:
    """Read everybody who is named in a round's result, by profile id; one query."""
    pairs = Pairing.round_id == row.id
    named = union(
        select(Pairing.left_id).where(pairs),
        select(Pairing.right_id).where(pairs),
        select(UnmetNeed.profile_id).where(UnmetNeed.round_id == row.id),
    )
    return matched_people(session, named)
