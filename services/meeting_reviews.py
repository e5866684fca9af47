"""What came of meetings: told by each of the two for themselves, asked again months later.

A review is its author's. Nobody else reads it; organisers see sums.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from models import Meeting, MeetingReview, OutcomeAnswer
from models.meeting import FOLLOW_UP_MONTHS, NEXT_STEPS, OUTCOMES
from services.errors import ServiceError
from services.meeting_rules import ACCEPTED, NotNow
from services.meetings import own_meeting

_BEST = 4


class UnknownAnswer(ServiceError):
    """An answer that is none of those that are offered."""

    code = "unknown-answer"


@dataclass(frozen=True, slots=True)
class Question:
    """A meeting of which one of the two is asked what came of it, so many months later."""

    meeting_id: int
    profile_id: int
    months: int


class Ended(Protocol):
    """Anything with an end, such as a row of the table of meetings."""

    @property
    def ends_at(self) -> datetime:
        """When it is over."""


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """Two people who met: the time is over and neither said that it did not take place."""

    meeting_id: int
    left_id: int
    right_id: int


def rate(
    session: Session, meeting_id: int, profile_id: int, useful: int | None, now: datetime
) -> MeetingReview:
    """Say whether one met, and how useful it was from 1 to 4; None: we did not meet.

    Raises
    ------
    NotFound, NotNow, UnknownAnswer
    """
    if useful is not None and not 1 <= useful <= _BEST:
        raise UnknownAnswer(f"usefulness is 1 to {_BEST}, not {useful}")
    row = _review(session, meeting_id, profile_id, now)
    row.met, row.useful, row.changed_at = useful is not None, useful, now
    if not row.met:
        row.next_step = None
    session.flush()
    return row


def choose_next(
    session: Session, meeting_id: int, profile_id: int, step: str, now: datetime
) -> MeetingReview:
    """Say what is to come of a meeting that took place.

    Raises
    ------
    NotFound, NotNow, UnknownAnswer
    """
    if step not in NEXT_STEPS:
        raise UnknownAnswer(f"{step!r} is none of {', '.join(NEXT_STEPS)}")
    row = _review(session, meeting_id, profile_id, now)
    row.met, row.next_step, row.changed_at = True, step, now
    session.flush()
    return row


def answer_outcome(
    session: Session, question: Question, outcome: str, now: datetime
) -> OutcomeAnswer:
    """Say what came of a meeting so many months later; a second answer replaces the first.

    Raises
    ------
    NotFound, NotNow, UnknownAnswer
    """
    if outcome not in OUTCOMES:
        raise UnknownAnswer(f"{outcome!r} is none of {', '.join(OUTCOMES)}")
    meeting = own_meeting(session, question.meeting_id, question.profile_id)
    if meeting.state != ACCEPTED or question.months not in months_due(meeting, now):
        raise NotNow("it is too early to ask what came of this meeting")
    query = select(OutcomeAnswer).where(
        OutcomeAnswer.meeting_id == question.meeting_id,
        OutcomeAnswer.profile_id == question.profile_id,
        OutcomeAnswer.months == question.months,
    )
    row = session.exec(query).first()
    if row is None:
        row = OutcomeAnswer(
            meeting_id=question.meeting_id,
            profile_id=question.profile_id,
            months=question.months,
            outcome=outcome,
            answered_at=now,
        )
        session.add(row)
    row.outcome, row.answered_at = outcome, now
    session.flush()
    return row


def open_questions(session: Session, profile_id: int, now: datetime) -> list[Question]:
    """List what somebody is asked now: of each meeting the latest question that is due, if open."""
    rows = session.exec(
        select(Meeting)
        .where(
            or_(col(Meeting.left_id) == profile_id, col(Meeting.right_id) == profile_id),
            took_place(now),
        )
        .order_by(col(Meeting.starts_at))
    ).all()
    answered = set(
        session.exec(
            select(OutcomeAnswer.meeting_id, OutcomeAnswer.months).where(
                OutcomeAnswer.profile_id == profile_id
            )
        )
    )
    due = ((row.id, months_due(row, now)) for row in rows)
    return [
        Question(meeting_id, profile_id, months[-1])
        for meeting_id, months in due
        if months and (meeting_id, months[-1]) not in answered
    ]


def held_meetings(session: Session, edition_id: int, now: datetime) -> Sequence[HeldMeeting]:
    """List an edition's meetings that took place, as far as anybody said; one query."""
    query = (
        select(Meeting.id, Meeting.left_id, Meeting.right_id)
        .where(Meeting.edition_id == edition_id, took_place(now))
        .order_by(col(Meeting.id))
    )
    return [HeldMeeting(*row) for row in session.exec(query)]


def months_due(meeting: Ended, now: datetime) -> list[int]:
    """List after how many months one has been asked by now what came of a meeting."""
    return [months for months in FOLLOW_UP_MONTHS if _months_after(meeting.ends_at, months) <= now]


def _months_after(moment: datetime, months: int) -> datetime:
    """Find the same day so many months later, or the last of a month that has no such day."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def took_place(now: datetime) -> ColumnElement[bool]:
    """Make the condition that a meeting is over and neither said that it did not take place."""
    denied = exists().where(col(MeetingReview.meeting_id) == Meeting.id, ~col(MeetingReview.met))
    return and_(col(Meeting.state) == ACCEPTED, col(Meeting.ends_at) <= now, ~denied)


def _review(session: Session, meeting_id: int, profile_id: int, now: datetime) -> MeetingReview:
    meeting = own_meeting(session, meeting_id, profile_id)
    if meeting.state != ACCEPTED or meeting.starts_at > now:
        raise NotNow("a meeting is reviewed once it has begun")
    query = select(MeetingReview).where(
        MeetingReview.meeting_id == meeting_id, MeetingReview.profile_id == profile_id
    )
    row = session.exec(query).first()
    if row is None:
        row = MeetingReview(meeting_id=meeting_id, profile_id=profile_id, met=True, changed_at=now)
        session.add(row)
    return row
