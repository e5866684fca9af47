"""How a round's pairs stand: who has a meeting, who can have none, and which times are left."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, or_, select

from matchmaking.free_time import FreeTime, Span
from matchmaking.schedule_problem import BoolArray, ScheduleProblem
from matchmaking.scorers import IntArray
from models import Edition, Meeting, Pairing, Profile, Round
from services.availability import free_times
from services.consents_reading import may_be_paired
from services.meeting_rules import ACCEPTED, CANCELLED, DECLINED, PLANNED, PROPOSED
from services.private_choices import private_pairs
from services.programme import programme_of
from services.session_times import session_times


@dataclass(frozen=True, slots=True)
class RoundPair:
    """Two people whom a round brings together, by profile id."""

    left_id: int
    right_id: int


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """A round's pairs, each in one of three groups, and what is to be placed.

    Parameters
    ----------
    arranged
        When each pair meets that has a meeting: held, agreed, or proposed and waiting.
    closed
        Pairs of which one left, declined, called it off, hid the other, or withdrew a consent;
        which of these it was is told to nobody.
    waiting
        The other pairs, in the order of the round: the problem's meetings.
    slots
        The slots of the programme that are still to come: those of the problem.
    """

    arranged: Mapping[RoundPair, datetime]
    closed: tuple[RoundPair, ...]
    waiting: tuple[RoundPair, ...]
    slots: tuple[Span, ...]
    problem: ScheduleProblem


@dataclass(frozen=True, slots=True)
class _Known:
    """A meeting as far as it matters here; ``open`` while it holds the time of its people."""

    edition_id: int
    round_id: int | None
    pair: RoundPair
    state: str
    span: Span
    at_table: bool
    changed_at: datetime
    open: bool


def round_pairs(session: Session, row: Round) -> list[RoundPair]:
    """List a round's pairs in the order in which they were written, without their reasons."""
    query = select(Pairing.left_id, Pairing.right_id).where(Pairing.round_id == row.id)
    return [RoundPair(*pair) for pair in session.exec(query.order_by(col(Pairing.id)))]


def people_in(pairs: Iterable[RoundPair]) -> list[int]:
    """List everybody of a round's pairs, by profile id."""
    return sorted({one for pair in pairs for one in (pair.left_id, pair.right_id)})


def read_standing(session: Session, edition: Edition, row: Round, now: datetime) -> RoundStanding:
    """Read how a round's pairs stand; seven queries for any number of them."""
    pairs = round_pairs(session, row)
    people = people_in(pairs)
    meetings = _meetings_of(session, edition, people, now)
    here = [one for one in meetings if one.edition_id == edition.id]
    free = free_times(session, edition.id, people)
    arranged = {one.pair: one.span.start for one in here if one.open or one.state == ACCEPTED}
    arranged = {pair: arranged[pair] for pair in pairs if pair in arranged}
    shut = _shut(session, row, here, free.keys() & _pairable(session, people))
    closed = tuple(pair for pair in pairs if pair not in arranged and shut(pair))
    left_out = {*arranged, *closed}
    waiting = tuple(pair for pair in pairs if pair not in left_out)
    slots = tuple(slot for slot in programme_of(edition).slots if slot.start > now)
    busy = _busy(free, meetings, session_times(session, people, now))
    problem = problem_of(waiting, slots, busy, _tables(edition, here, slots))
    return RoundStanding(arranged, closed, waiting, slots, problem)


def _meetings_of(
    session: Session, edition: Edition, people: Collection[int], now: datetime
) -> list[_Known]:
    """Read the edition's meetings, for its tables, and these people's in all editions."""
    query = select(Meeting).where(
        or_(
            col(Meeting.edition_id) == edition.id,
            col(Meeting.left_id).in_(people),
            col(Meeting.right_id).in_(people),
        )
    )
    # Read anew: other writers may have changed them while this one waited for its turn.
    rows = session.exec(query, execution_options={"populate_existing": True})
    return [
        _Known(
            edition_id=row.edition_id,
            round_id=row.round_id,
            pair=RoundPair(row.left_id, row.right_id),
            state=row.state,
            span=Span(row.starts_at, row.ends_at),
            at_table=row.state != ACCEPTED or row.table_number is not None,
            changed_at=row.changed_at,
            open=_is_open(row, now),
        )
        for row in rows
    ]


def _is_open(row: Meeting, now: datetime) -> bool:
    ends = {ACCEPTED: row.ends_at, PROPOSED: row.starts_at, PLANNED: row.starts_at}.get(row.state)
    return ends is not None and ends > now


def _pairable(session: Session, people: Collection[int]) -> set[int]:
    """Find who still consents to be brought together with the other side."""
    query = select(Profile.id).where(col(Profile.id).in_(people), may_be_paired())
    return set(session.exec(query))


def _shut(
    session: Session, row: Round, meetings: Iterable[_Known], here: Collection[int]
) -> Callable[[RoundPair], bool]:
    """Make the test whether a pair is not to be asked (any more)."""
    refused = {
        one.pair
        for one in meetings
        if one.state in (DECLINED, CANCELLED)
        and (one.round_id == row.id or one.changed_at >= row.created_at)
    }
    private = private_pairs(session)

    def shut(pair: RoundPair) -> bool:
        one, other = pair.left_id, pair.right_id
        apart = (one, other) in private or (other, one) in private
        return apart or pair in refused or one not in here or other not in here

    return shut


def _busy(
    free: Mapping[int, FreeTime],
    meetings: Iterable[_Known],
    sessions: Mapping[int, list[Span]],
) -> Mapping[int, list[Span]]:
    """Gather when people are not to be asked; a proposal that waits holds the time of both."""
    busy: dict[int, list[Span]] = defaultdict(list)
    for one, spans in sessions.items():
        busy[one].extend(spans)
    for one, times in free.items():
        busy[one].extend(times.busy)
    for meeting in meetings:
        if meeting.open:
            busy[meeting.pair.left_id].append(meeting.span)
            busy[meeting.pair.right_id].append(meeting.span)
    return busy


def _tables(edition: Edition, meetings: Iterable[_Known], slots: Sequence[Span]) -> IntArray | None:
    """Count the tables that no meeting has, and no proposal would need, in each slot."""
    tables = programme_of(edition).tables
    if tables is None:
        return None
    seated = [one.span for one in meetings if one.open and one.at_table]
    used = [sum(span.overlaps(slot) for span in seated) for slot in slots]
    return np.maximum(tables - np.array(used, np.int64), 0)


def problem_of(
    pairs: Sequence[RoundPair],
    slots: Sequence[Span],
    busy: Mapping[int, Sequence[Span]],
    tables: IntArray | None,
    *,
    worth: IntArray | None = None,
) -> ScheduleProblem:
    """Make arrays of pairs, of when people are busy, and of the tables that each slot has left."""
    left = sorted({pair.left_id for pair in pairs})
    right = sorted({pair.right_id for pair in pairs})
    row = {one: place for place, one in enumerate(left)}
    column = {one: place for place, one in enumerate(right)}
    meetings = [(row[pair.left_id], column[pair.right_id]) for pair in pairs]
    return ScheduleProblem(
        meetings=np.array(meetings, np.int64).reshape(-1, 2),
        left_free=_grid(left, slots, busy),
        right_free=_grid(right, slots, busy),
        tables=tables,
        worth=worth,
    )


def _grid(
    people: Sequence[int], slots: Sequence[Span], busy: Mapping[int, Sequence[Span]]
) -> BoolArray:
    """Tell who is free in which slot, as (people, slots)."""
    starts = np.array([slot.start.timestamp() for slot in slots])
    ends = np.array([slot.end.timestamp() for slot in slots])
    free = np.ones((len(people), len(slots)), bool)
    for place, one in enumerate(people):
        for span in busy.get(one, ()):
            free[place] &= (ends <= span.start.timestamp()) | (starts >= span.end.timestamp())
    return free
