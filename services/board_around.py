"""What stands in the way of a meeting at a time: who is busy, where else they are, which tables.

Read once for any number of people, and asked for as many times as a page shows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from matchmaking.free_time import Span
from models import Edition, EditionSession, Meeting, Participation, SessionPlace
from services.availability import free_times
from services.meeting_rules import ACCEPTED, PLANNED, PROPOSED
from services.session_times import COMING

BUSY, MEETING, SESSION, GONE, TABLE = "busy", "meeting", "session", "gone", "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in the way.

    Parameters
    ----------
    what
        Somebody said that they are busy, has another meeting, is at a session, or left the
        edition or did not come; or the table, or every table, is taken.
    who
        The person, by profile id; None for a table.
    other
        Whom they meet then, or who sits at the table. None where that is not the organisers' to
        know.
    session
        The session that they signed up for.
    """

    what: str
    who: int | None = None
    other: tuple[int, ...] = ()
    session: EditionSession | None = None


@dataclass(frozen=True, slots=True)
class _Met:
    """A meeting that holds time: of its people, and its table."""

    id: int
    edition_id: int
    span: Span
    left_id: int
    right_id: int
    holders: frozenset[int]
    table: int | None
    shown: bool


@dataclass(frozen=True, slots=True)
class Around:
    """Everything that some people, and an edition's tables, have at some times."""

    edition_id: int
    busy: Mapping[int, Collection[Span]]
    here: frozenset[int]
    meetings: Mapping[int, Collection[_Met]]
    sessions: Mapping[int, Collection[EditionSession]]
    tables: Mapping[datetime, Collection[_Met]]

    def blocks(
        self, people: Iterable[int], span: Span, *, leave_out: int | None = None
    ) -> tuple[Block, ...]:
        """List what keeps people from meeting at a time; tables aside.

        Parameters
        ----------
        leave_out
            The meeting that is to stand there.
        """
        found: list[Block] = []
        for one in people:
            if one not in self.here:
                found.append(Block(GONE, one))
            if any(span.overlaps(busy) for busy in self.busy.get(one, ())):
                found.append(Block(BUSY, one))
            found += [
                Block(MEETING, one, (met.right_id if met.left_id == one else met.left_id,))
                if met.shown
                else Block(MEETING, one)
                for met in self.meetings.get(one, ())
                if met.id != leave_out and span.overlaps(met.span)
            ]
            found += [
                Block(SESSION, one, session=row)
                for row in self.sessions.get(one, ())
                if span.overlaps(Span(row.starts_at, row.ends_at))
            ]
        return tuple(found)

    def taken_tables(
        self, start: datetime, *, leave_out: int | None = None
    ) -> dict[int, tuple[int, int]]:
        """Tell who sits at which table in a slot, by the table's number."""
        return {
            met.table: (met.left_id, met.right_id)
            for met in self.tables.get(start, ())
            if met.table is not None and met.id != leave_out
        }


def read_around(
    session: Session, edition: Edition, profile_ids: Collection[int], now: datetime
) -> Around:
    """Read what stands around people in all editions, and at an edition's tables; four queries."""
    free = free_times(session, edition.id, profile_ids)
    meetings: dict[int, list[_Met]] = defaultdict(list)
    tables: dict[datetime, list[_Met]] = defaultdict(list)
    for met in _meetings(session, edition, profile_ids, now):
        for one in met.holders:
            meetings[one].append(met)
        if met.edition_id == edition.id and met.table is not None:
            tables[met.span.start].append(met)
    return Around(
        edition.id,
        {one: times.busy for one, times in free.items()},
        frozenset(free) - no_shows(session, edition.id),
        meetings,
        _sessions(session, profile_ids, now),
        tables,
    )


def no_shows(session: Session, edition_id: int) -> frozenset[int]:
    """List who was expected and did not come, by profile id; one query."""
    query = select(Participation.profile_id).where(
        Participation.edition_id == edition_id, col(Participation.no_show_at).is_not(None)
    )
    return frozenset(session.exec(query))


def _meetings(
    session: Session, edition: Edition, profile_ids: Collection[int], now: datetime
) -> Iterable[_Met]:
    query = select(Meeting).where(
        or_(
            col(Meeting.edition_id) == edition.id,
            col(Meeting.left_id).in_(profile_ids),
            col(Meeting.right_id).in_(profile_ids),
        ),
        col(Meeting.state).in_((PLANNED, PROPOSED, ACCEPTED)),
        col(Meeting.ends_at) > now,
    )
    # Read anew: other writers may have changed them while this one waited for its turn.
    for row in session.exec(query, execution_options={"populate_existing": True}):
        placed = row.state != PROPOSED or row.round_id is not None
        agreed = ((row.left_id, row.left_agrees), (row.right_id, row.right_agrees))
        yield _Met(
            id=row.id,
            edition_id=row.edition_id,
            span=Span(row.starts_at, row.ends_at),
            left_id=row.left_id,
            right_id=row.right_id,
            holders=frozenset(one for one, agrees in agreed if agrees or placed),
            table=row.table_number if placed else None,
            shown=placed and row.edition_id == edition.id,
        )


def _sessions(
    session: Session, profile_ids: Collection[int], now: datetime
) -> dict[int, list[EditionSession]]:
    query = (
        select(SessionPlace.profile_id, EditionSession)
        .join(EditionSession)
        .where(
            SessionPlace.state == COMING,
            col(SessionPlace.profile_id).in_(profile_ids),
            col(EditionSession.ends_at) > now,
        )
    )
    found: dict[int, list[EditionSession]] = defaultdict(list)
    for profile_id, row in session.exec(query):
        found[profile_id].append(row)
    return found
