"""What came of an edition, read from its tables: facts about people and meetings, to be counted.

What people said of their meetings is read only of those who consent to be counted in statistics; of
the others it is neither counted nor used to correct a count.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaking.outcome_values import AnswerFact, MeetingFact, PersonFact
from models import (
    Edition,
    Meeting,
    Pairing,
    Profile,
    Round,
)
from services.consents_reading import STATISTICS, consented
from services.meeting_rules import ACCEPTED
from services.outcome_answers import asked_of, counted_ends, next_steps_of, useful_of
from services.outcome_people import people_of
from services.outcome_told import AgreedMeeting, Ends, Told, told_of

_USEFUL = 3
_PAIR = frozenset({"pairs"})


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """Everything that a report counts.

    Parameters
    ----------
    round
        Whose pairs are counted: the published one, else the newest that is done; None without any.
    """

    round: Round | None
    people: tuple[PersonFact, ...]
    meetings: tuple[MeetingFact, ...]
    asked: tuple[AnswerFact, ...]
    useful: tuple[AnswerFact, ...]
    next_steps: tuple[AnswerFact, ...]


def outcome_facts(session: Session, edition: Edition, now: datetime) -> OutcomeFacts:
    """Read what came of an edition; ten queries for any number of people and meetings."""
    row = _round(session, edition)
    pairs = _pairs(session, row)
    meetings = _agreed(session, edition)
    told = told_of(session, edition)
    over = [one for one in meetings if one.ends_at <= now]
    held = [one for one in over if not told.denied(one)]
    everybody = {one for ends in pairs for one in ends}
    everybody |= {one for meeting in meetings for one in (meeting.left_id, meeting.right_id)}
    countries, counted = _of_ends(session, everybody)
    reached = _people_reached(held, told, counted)
    paired = {one for ends in pairs for one in ends}
    asked = [(meeting, one) for meeting in over for one in counted_ends(meeting, counted)]
    return OutcomeFacts(
        round=row,
        people=people_of(session, edition, paired, reached),
        meetings=_meetings(pairs, meetings, held, told, countries),
        asked=tuple(asked_of(asked, told, now)),
        useful=tuple(useful_of(asked, told)),
        next_steps=tuple(next_steps_of(held, told, counted)),
    )


def _round(session: Session, edition: Edition) -> Round | None:
    done = select(Round).where(Round.edition_id == edition.id, Round.state == "done")
    standing = col(Round.published_at).is_not(None) & col(Round.withdrawn_at).is_(None)
    return session.exec(done.order_by(standing.desc(), col(Round.number).desc())).first()


def _agreed(session: Session, edition: Edition) -> list[AgreedMeeting]:
    query = select(Meeting.id, Meeting.left_id, Meeting.right_id, Meeting.ends_at).where(
        Meeting.edition_id == edition.id, Meeting.state == ACCEPTED
    )
    return [AgreedMeeting(*row) for row in session.exec(query.order_by(col(Meeting.id)))]


def _pairs(session: Session, row: Round | None) -> set[Ends]:
    if row is None:
        return set()
    query = select(Pairing.left_id, Pairing.right_id).where(Pairing.round_id == row.id)
    return {(left, right) for left, right in session.exec(query)}


def _of_ends(session: Session, people: set[int]) -> tuple[Mapping[int, str], set[int]]:
    """Read the countries of people, and who of them consents to be counted."""
    query = select(Profile.id, Profile.country, consented(STATISTICS)).where(
        col(Profile.id).in_(people)
    )
    rows = session.exec(query).all()
    return {one: country or "" for one, country, _ in rows}, {one for one, _, yes in rows if yes}


def _people_reached(
    held: Sequence[AgreedMeeting], told: Told, counted: set[int]
) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for meeting in held:
        for one in counted_ends(meeting, counted):
            found[one] |= {"met"} | (told.reached(meeting.id, one) & {"proposal", "funded"})
            review = told.reviews.get((meeting.id, one))
            if review is not None and (review.useful or 0) >= _USEFUL:
                found[one].add("useful")
            if review is not None and review.next_step not in (None, "nothing"):
                found[one].add("next_step")
    return found


def _meetings(
    pairs: set[Ends],
    meetings: Sequence[AgreedMeeting],
    held: Sequence[AgreedMeeting],
    told: Told,
    countries: Mapping[int, str],
) -> tuple[MeetingFact, ...]:
    took_place = {one.id for one in held}
    facts = [
        MeetingFact(left, right, (countries[left], countries[right]), _PAIR)
        for left, right in sorted(pairs)
    ]
    for one in meetings:
        reached = {"agreed"}
        if one.id in took_place:
            reached |= {"held"}
            reached |= told.reached(one.id, one.left_id) | told.reached(one.id, one.right_id)
        ends = (countries[one.left_id], countries[one.right_id])
        facts.append(MeetingFact(one.left_id, one.right_id, ends, frozenset(reached)))
    return tuple(facts)
