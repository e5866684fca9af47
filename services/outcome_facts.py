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
from models.meeting import FOLLOW_UP_MONTHS
from services.consents_reading import STATISTICS, consented
from services.meeting_reviews import months_due
from services.meeting_rules import ACCEPTED
from services.outcome_people import people_of
from services.outcome_told import AgreedMeeting, Ends, Told, told_of

_USEFUL = 3
_ASKED = frozenset({"asked"})
_ANSWERED = frozenset({"asked", "answered"})
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
    asked = [(meeting, one) for meeting in over for one in _counted_ends(meeting, counted)]
    return OutcomeFacts(
        round=row,
        people=people_of(session, edition, paired, reached),
        meetings=_meetings(pairs, meetings, held, told, countries),
        asked=tuple(_asked(asked, told, now)),
        useful=tuple(_useful(asked, told)),
        next_steps=tuple(_next_steps(held, told, counted)),
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


def _counted_ends(meeting: AgreedMeeting, counted: set[int]) -> list[int]:
    return [one for one in (meeting.left_id, meeting.right_id) if one in counted]


def _people_reached(
    held: Sequence[AgreedMeeting], told: Told, counted: set[int]
) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for meeting in held:
        for one in _counted_ends(meeting, counted):
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


def _asked(
    asked: Sequence[tuple[AgreedMeeting, int]], told: Told, now: datetime
) -> list[AnswerFact]:
    """List every question that was due to somebody who is counted, and whether it was answered."""
    found = []
    # Meetings share their slots.
    dues: dict[datetime, set[int]] = {}
    for meeting, one in asked:
        reviewed = (meeting.id, one) in told.reviews
        found.append(_answer(one, "review", answered=reviewed))
        answered = {answer.months for answer in told.outcomes.get((meeting.id, one), ())}
        if meeting.ends_at not in dues:
            dues[meeting.ends_at] = set(months_due(meeting, now))
        due = dues[meeting.ends_at] | answered
        found += [
            _answer(one, str(months), answered=months in answered)
            for months in FOLLOW_UP_MONTHS
            if months in due
        ]
    return found


def _answer(profile_id: int, group: str, *, answered: bool) -> AnswerFact:
    return AnswerFact(profile_id, group, _ANSWERED if answered else _ASKED)


def _useful(asked: Sequence[tuple[AgreedMeeting, int]], told: Told) -> list[AnswerFact]:
    found = []
    for meeting, one in asked:
        review = told.reviews.get((meeting.id, one))
        if review is not None and not review.met:
            found.append(_answer(one, "not-met", answered=True))
        elif review is not None and review.useful is not None:
            found.append(_answer(one, str(review.useful), answered=True))
    return found


def _next_steps(held: Sequence[AgreedMeeting], told: Told, counted: set[int]) -> list[AnswerFact]:
    reviews = (
        (one, told.reviews.get((meeting.id, one)))
        for meeting in held
        for one in _counted_ends(meeting, counted)
    )
    return [
        _answer(one, review.next_step, answered=True)
        for one, review in reviews
        if review is not None and review.next_step is not None
    ]
