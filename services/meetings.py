"""Meetings: proposed, agreed, moved, declined, cancelled. Nobody is ever in two at once.

Each act holds both people and the edition against other writers before it looks at their times,
so that of two acts at one moment the second sees what the first did.
"""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from matchmaking.free_time import Span
from models import Edition, Meeting
from services.availability import free_times
from services.candidates import Place
from services.errors import NotFound
from services.meeting_hold import hold
from services.meeting_links import checked_link
from services.meeting_rules import (
    ACCEPTED,
    DECLINED,
    PLANNED,
    PROPOSED,
    AlreadyArranged,
    NotMutual,
    NotNow,
    TimeTaken,
    agree,
    call_off,
    may_answer,
    may_cancel,
    may_move,
    partner_id,
    side_of,
)
from services.meeting_times import Pair, free_for_both, free_table, taken_times
from services.mutual_interest import both_interested
from services.programme import programme_of


def pair_of(place: Place, other_id: int) -> Pair:
    """Put two people on their sides."""
    if place.side == "left":
        return Pair(place.edition, place.profile_id, other_id)
    return Pair(place.edition, other_id, place.profile_id)


def own_meeting(session: Session, meeting_id: int, profile_id: int | None) -> Meeting:
    """Find a meeting of somebody.

    Raises
    ------
    NotFound
        Also when it is other people's, or on the organisers' board only.
    """
    query = select(Meeting).where(
        Meeting.id == meeting_id,
        Meeting.state != PLANNED,
        or_(col(Meeting.left_id) == profile_id, col(Meeting.right_id) == profile_id),
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound(f"there is no meeting {meeting_id} of yours")
    return found


def open_meeting(session: Session, pair: Pair, now: datetime) -> Meeting | None:
    """Find the meeting that two people have before them, agreed or proposed."""
    query = (
        select(Meeting)
        .where(
            Meeting.edition_id == pair.edition.id,
            Meeting.left_id == pair.left_id,
            Meeting.right_id == pair.right_id,
            or_(
                (col(Meeting.state) == ACCEPTED) & (col(Meeting.ends_at) > now),
                (col(Meeting.state) == PROPOSED) & (col(Meeting.starts_at) > now),
            ),
        )
        .order_by(col(Meeting.starts_at))
    )
    return session.exec(query).first()


def propose(
    session: Session, place: Place, other_id: int, start: datetime, now: datetime
) -> Meeting:
    """Propose a meeting to somebody of the other side who is interested too.

    Raises
    ------
    NotMutual, AlreadyArranged, TimeTaken
    """
    pair = pair_of(place, other_id)
    hold(session, pair.edition.id, pair.ids)
    if not both_interested(session, pair.edition.id, *pair.ids):
        raise NotMutual("a meeting needs the interest of both")
    waiting = open_meeting(session, pair, now)
    if waiting is not None:
        raise AlreadyArranged(waiting.id)
    span = _free(session, pair, start, now)
    row = Meeting(
        uid=secrets.token_hex(16),
        edition_id=pair.edition.id,
        left_id=pair.left_id,
        right_id=pair.right_id,
        starts_at=span.start,
        ends_at=span.end,
        left_agrees=place.side == "left",
        right_agrees=place.side == "right",
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    return row


def accept(session: Session, meeting_id: int, profile_id: int, now: datetime) -> Meeting:
    """Agree to a proposal, or to the other time that the partner wishes.

    What a round proposed is agreed when the second of the two accepts.

    Raises
    ------
    NotFound, NotNow, TimeTaken
    """
    row, pair = _held(session, meeting_id, profile_id)
    if not may_answer(row, profile_id, now):
        raise NotNow("there is nothing to answer here any more")
    if row.wish_starts_at is not None:
        span = Span(row.wish_starts_at, row.wish_starts_at + (row.ends_at - row.starts_at))
        row.wish_starts_at = row.wish_by = None
    else:
        span = Span(row.starts_at, row.ends_at)
        agree(row, side_of(row, profile_id))
    if row.left_agrees and row.right_agrees:
        _check_not_busy(session, pair, partner_id(row, profile_id), span)
        _settle(session, row, pair, span, now)
    else:
        _check_free(session, [profile_id], span, now, row.id)
    row.changed_at = now
    session.flush()
    return row


def decline(session: Session, meeting_id: int, profile_id: int, now: datetime) -> Meeting:
    """Say no to a proposal; or to another time, and then the agreed one stands.

    Raises
    ------
    NotFound, NotNow
    """
    row, _pair = _held(session, meeting_id, profile_id)
    if not may_answer(row, profile_id, now):
        raise NotNow("there is nothing to answer here any more")
    if row.state == PROPOSED:
        row.state = DECLINED
    row.wish_starts_at = row.wish_by = None
    row.changed_at = now
    session.flush()
    return row


def move(
    session: Session, meeting_id: int, profile_id: int, start: datetime, now: datetime
) -> Meeting:
    """Suggest another time: in the place of the proposed one, or beside the agreed one.

    Raises
    ------
    NotFound, NotNow, TimeTaken
    """
    row, pair = _held(session, meeting_id, profile_id)
    if not may_move(row, now):
        raise NotNow("this meeting cannot be moved any more")
    span = _free(session, pair, start, now, row.id)
    side = side_of(row, profile_id)
    if row.state == PROPOSED:
        row.starts_at, row.ends_at, row.table_number = span.start, span.end, None
        row.left_agrees, row.right_agrees = side == "left", side == "right"
        row.sequence += 1
    else:
        row.wish_starts_at, row.wish_by = span.start, side
    row.changed_at = now
    session.flush()
    return row


def cancel(session: Session, meeting_id: int, profile_id: int, now: datetime) -> Meeting:
    """Call a meeting off, or take one's own proposal back.

    Raises
    ------
    NotFound, NotNow
    """
    row, _pair = _held(session, meeting_id, profile_id)
    if not may_cancel(row, profile_id, now):
        raise NotNow("this meeting cannot be cancelled any more")
    call_off(row, now)
    session.flush()
    return row


def set_link(
    session: Session, meeting_id: int, profile_id: int, link: str, now: datetime
) -> Meeting:
    """Say where in the web an agreed meeting takes place; empty takes it back.

    Raises
    ------
    NotFound, NotNow, BadLink
    """
    row, _pair = _held(session, meeting_id, profile_id)
    if row.state != ACCEPTED or row.ends_at <= now:
        raise NotNow("only a meeting to come has a link")
    link = checked_link(link)
    if link != row.link:
        row.link, row.changed_at = link, now
        row.sequence += 1
    session.flush()
    return row


def _settle(session: Session, row: Meeting, pair: Pair, span: Span, now: datetime) -> None:
    """Make a meeting agreed at a time, if both are still free then and there is a table."""
    _check_free(session, pair.ids, span, now, row.id)
    table = free_table(session, pair, span, row.id)
    if table == 0:
        raise TimeTaken("every table is taken then; suggest another time")
    rooms = programme_of(pair.edition)
    if rooms.links and (table or row.link in rooms.links):
        row.link = rooms.link_at(table)
    row.starts_at, row.ends_at, row.table_number = span.start, span.end, table
    row.state = ACCEPTED
    row.sequence += 1


def _check_free(
    session: Session, profile_ids: Collection[int], span: Span, now: datetime, leave_out: int
) -> None:
    taken = taken_times(session, profile_ids, now, leave_out)
    if any(span.overlaps(other) for times in taken.values() for other in times):
        raise TimeTaken("one of the two has another meeting then; suggest another time")


def _check_not_busy(session: Session, pair: Pair, profile_id: int, span: Span) -> None:
    """Refuse a time in which the other said, after they agreed to it, that they are busy."""
    free = free_times(session, pair.edition.id, [profile_id]).get(profile_id)
    if free is not None and any(span.overlaps(busy) for busy in free.busy):
        raise TimeTaken("the other is not free then any more; suggest another time")


def _free(
    session: Session, pair: Pair, start: datetime, now: datetime, leave_out: int | None = None
) -> Span:
    for span in free_for_both(session, pair, now, leave_out):
        if span.start == start:
            return span
    raise TimeTaken("this time is not free any more; choose another")


def _held(session: Session, meeting_id: int, profile_id: int) -> tuple[Meeting, Pair]:
    """Find a meeting and hold everybody in it; what was read of it before is read again."""
    row = own_meeting(session, meeting_id, profile_id)
    pair = Pair(session.get_one(Edition, row.edition_id), row.left_id, row.right_id)
    hold(session, pair.edition.id, pair.ids)
    session.refresh(row)
    return row, pair
