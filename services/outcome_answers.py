"""The answers that people gave of their meetings as facts for a report, and those still open."""

from collections.abc import Sequence
from datetime import datetime

from matchmaking.outcome_values import AnswerFact
from models.meeting import FOLLOW_UP_MONTHS
from services.meeting_reviews import months_due
from services.outcome_told import AgreedMeeting, Told

_ASKED = frozenset({"asked"})
_ANSWERED = frozenset({"asked", "answered"})


def counted_ends(meeting: AgreedMeeting, counted: set[int]) -> list[int]:
    """List who of the two is counted."""
    return [one for one in (meeting.left_id, meeting.right_id) if one in counted]


def asked_of(
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


def useful_of(asked: Sequence[tuple[AgreedMeeting, int]], told: Told) -> list[AnswerFact]:
    """List how useful people found their meetings, or that they did not meet."""
    found = []
    for meeting, one in asked:
        review = told.reviews.get((meeting.id, one))
        if review is not None and not review.met:
            found.append(_answer(one, "not-met", answered=True))
        elif review is not None and review.useful is not None:
            found.append(_answer(one, str(review.useful), answered=True))
    return found


def next_steps_of(held: Sequence[AgreedMeeting], told: Told, counted: set[int]) -> list[AnswerFact]:
    """List what people plan after meetings that were held."""
    reviews = (
        (one, told.reviews.get((meeting.id, one)))
        for meeting in held
        for one in counted_ends(meeting, counted)
    )
    return [
        _answer(one, review.next_step, answered=True)
        for one, review in reviews
        if review is not None and review.next_step is not None
    ]
