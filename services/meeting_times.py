"""When two people can still meet: shared free time, less their meetings and full slots."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from matchmaking.free_time import Span, shared_times
from models import Edition, Meeting
from services.availability import free_times
from services.meeting_rules import ACCEPTED, PLANNED, PROPOSED
from services.programme import Programme, programme_of
from services.session_times import session_times


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may meet in an edition: one of the left side, one of the right."""

    edition: Edition
    left_id: int
    right_id: int

    @property
    def ids(self) -> tuple[int, int]:
        """Both profiles' ids."""
        return self.left_id, self.right_id


def free_for_both(
    session: Session, pair: Pair, now: datetime, leave_out: int | None = None
) -> tuple[Span, ...]:
    """List the times in which both can meet, the earliest first; four queries.

    Parameters
    ----------
    leave_out
        A meeting that does not count as taken, because it is the one to be moved.
    """
    programme = programme_of(pair.edition)
    free = free_times(session, pair.edition.id, pair.ids)
    if len(free) < len(pair.ids):
        return ()
    taken = taken_times(session, pair.ids, now, leave_out)
    left, right = (replace(free[one], taken=taken[one]) for one in pair.ids)
    full = full_slots(session, pair.edition.id, programme, now)
    open_slots = tuple(slot for slot in programme.slots if slot not in full)
    return shared_times(open_slots, left, right, length=programme.length, earliest=now)


def taken_times(
    session: Session,
    profile_ids: Collection[int],
    now: datetime,
    leave_out: int | None = None,
    leave_out_session: int | None = None,
) -> dict[int, tuple[Span, ...]]:
    """Read the times that people have given away, in all editions, by profile id; two queries.

    An agreed meeting takes the time of both, a proposal the time of whoever agrees to it already,
    and a session that of everybody who comes to it.
    """
    query = select(Meeting).where(
        col(Meeting.ends_at) > now,
        holds_time_of(profile_ids),
        col(Meeting.id).is_distinct_from(leave_out),
    )
    found = session_times(session, profile_ids, now, leave_out_session)
    for row in session.exec(query):
        span = Span(row.starts_at, row.ends_at)
        for owner, agrees in ((row.left_id, row.left_agrees), (row.right_id, row.right_agrees)):
            if agrees:
                found.setdefault(owner, []).append(span)
    return {one: tuple(sorted(found.get(one, ()))) for one in profile_ids}


def full_slots(
    session: Session, edition_id: int, programme: Programme, now: datetime
) -> frozenset[Span]:
    """List the slots to come in which every table is taken; one query, or none without a limit."""
    if programme.tables is None:
        return frozenset()
    query = select(Meeting.starts_at).where(
        Meeting.edition_id == edition_id,
        Meeting.state == ACCEPTED,
        col(Meeting.table_number).is_not(None),
        col(Meeting.starts_at) > now,
    )
    used = Counter(session.exec(query))
    return frozenset(slot for slot in programme.slots if used[slot.start] >= programme.tables)


def free_table(session: Session, pair: Pair, span: Span, leave_out: int | None) -> int | None:
    """Find a free table for a slot of the programme: the meeting's own, or else the lowest.

    One that the organisers' board keeps for a meeting that is not agreed yet is given away last.
    None for a time outside of the programme, where there is no table; 0 when all are taken.
    """
    programme = programme_of(pair.edition)
    if programme.tables is None or programme.slot_at(span.start) != span:
        return None
    query = select(Meeting).where(
        Meeting.edition_id == pair.edition.id,
        col(Meeting.state).in_((PLANNED, PROPOSED, ACCEPTED)),
        col(Meeting.starts_at) < span.end,
        col(Meeting.ends_at) > span.start,
    )
    there = session.exec(query).all()
    others = [row for row in there if row.id != leave_out]
    taken = {row.table_number for row in others if row.state == ACCEPTED}
    kept = {row.table_number for row in others if row.state != ACCEPTED}
    own = [row.table_number for row in there if row.id == leave_out and row.table_number]
    tables = [table for table in range(1, programme.tables + 1) if table not in taken]
    unkept = [table for table in tables if table not in kept]
    mine = [table for table in own if table in tables]
    return next(iter([*mine, *unkept, *tables]), 0)


def holds_time_of(profile_ids: Collection[int]) -> ColumnElement[bool]:
    """Make the condition that a meeting holds the time of one of these people."""
    left, right = col(Meeting.left_id).in_(profile_ids), col(Meeting.right_id).in_(profile_ids)
    return and_(
        col(Meeting.state).in_((PROPOSED, ACCEPTED)),
        or_(and_(left, col(Meeting.left_agrees)), and_(right, col(Meeting.right_agrees))),
    )
