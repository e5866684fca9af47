"""A person's meetings: those that wait for an answer, those to come, those behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from models import Edition, Meeting, MeetingReview
from services.meeting_rules import (
    ACCEPTED,
    PLANNED,
    PROPOSED,
    agrees,
    may_answer,
    may_cancel,
    may_move,
    partner_id,
    side_of,
)
from services.people import PersonLine, person_lines
from services.roles import Roles
from services.visibility import Viewer

WAITING, ASKED, AHEAD, HELD, OVER = "waiting", "asked", "ahead", "held", "over"
_MOST = 300


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting as one of the two reads it.

    Parameters
    ----------
    group
        Waiting for the reader's answer, asked of the other, ahead, held, or over (declined,
        cancelled, or never answered in time).
    """

    meeting: Meeting
    edition: Edition
    partner: PersonLine
    side: str
    group: str
    may_move: bool
    may_cancel: bool
    review: MeetingReview | None


def lines_of(session: Session, profile_id: int, now: datetime) -> list[MeetingLine]:
    """List somebody's meetings, the next first and then the latest; three queries."""
    rows = session.exec(
        select(Meeting, Edition)
        .join(Edition)
        .where(_mine(profile_id), Meeting.state != PLANNED)
        .order_by(col(Meeting.starts_at).desc(), col(Meeting.id).desc())
        .limit(_MOST)
    ).all()
    lines = _lines(session, rows, profile_id, now)
    ahead = [one for one in lines if one.meeting.starts_at > now]
    return [*reversed(ahead), *(one for one in lines if one.meeting.starts_at <= now)]


def line_of(session: Session, meeting: Meeting, profile_id: int, now: datetime) -> MeetingLine:
    """Read one meeting for one of the two."""
    edition = session.get_one(Edition, meeting.edition_id)
    return _lines(session, [(meeting, edition)], profile_id, now)[0]


def waiting_count(profile_id: int | Mapped[int], now: datetime) -> ScalarSelect[int]:
    """Make the number of meetings that wait for somebody's answer, as part of another query.

    It is ``may_answer`` in the database's words.
    """
    left, right = col(Meeting.left_id) == profile_id, col(Meeting.right_id) == profile_id
    asked = and_(
        col(Meeting.state) == PROPOSED,
        col(Meeting.starts_at) > now,
        or_(and_(left, ~col(Meeting.left_agrees)), and_(right, ~col(Meeting.right_agrees))),
    )
    wished = and_(
        col(Meeting.state) == ACCEPTED,
        col(Meeting.wish_starts_at) > now,
        or_(
            and_(left, col(Meeting.wish_by) == "right"), and_(right, col(Meeting.wish_by) == "left")
        ),
    )
    query = select(func.count()).select_from(Meeting).where(or_(asked, wished))
    return query.scalar_subquery()


def _lines(
    session: Session, rows: Sequence[tuple[Meeting, Edition]], profile_id: int, now: datetime
) -> list[MeetingLine]:
    people = person_lines(
        session,
        [partner_id(row, profile_id) for row, _edition in rows],
        Viewer(profile_id, Roles()),
    )
    reviews = session.exec(
        select(MeetingReview).where(
            MeetingReview.profile_id == profile_id,
            col(MeetingReview.meeting_id).in_([row.id for row, _edition in rows]),
        )
    )
    by_meeting = {review.meeting_id: review for review in reviews}
    return [
        MeetingLine(
            meeting=row,
            edition=edition,
            partner=people[partner_id(row, profile_id)],
            side=side_of(row, profile_id),
            group=_group(row, profile_id, now),
            may_move=may_move(row, now),
            may_cancel=may_cancel(row, profile_id, now),
            review=by_meeting.get(row.id),
        )
        for row, edition in rows
    ]


def _group(row: Meeting, profile_id: int, now: datetime) -> str:
    if may_answer(row, profile_id, now):
        return WAITING
    if row.state == ACCEPTED:
        return AHEAD if row.ends_at > now else HELD
    if row.state == PROPOSED and row.starts_at > now and agrees(row, side_of(row, profile_id)):
        return ASKED
    return OVER


def _mine(profile_id: int) -> ColumnElement[bool]:
    return or_(col(Meeting.left_id) == profile_id, col(Meeting.right_id) == profile_id)
