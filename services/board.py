"""The organisers' board: an edition's meetings in the slots and at the tables of its programme.

On it stand the meetings that are planned, proposed by a round, or agreed. What two people proposed
to each other and did not agree on yet is theirs, and not on it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from matchmaking.free_time import Span
from models import Edition, Meeting, Organisation, Profile
from services.board_around import Around, Block, read_around
from services.errors import NotFound
from services.meeting_rules import ACCEPTED, PLANNED, PROPOSED


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """Somebody on the board, as organisers read them."""

    id: int
    name: str
    name_native: str
    organisation: str


@dataclass(frozen=True, slots=True)
class BoardMeeting:
    """A meeting on the board.

    ``blocks`` says what stands in its way by now: somebody became busy, or left.
    """

    row: Meeting
    left: BoardPerson
    right: BoardPerson
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How many meetings to come are planned, proposed and agreed."""

    planned: int = 0
    proposed: int = 0
    accepted: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.planned + self.proposed + self.accepted


def on_board() -> ColumnElement[bool]:
    """Make the condition that a meeting stands on the board."""
    return or_(
        col(Meeting.state).in_((PLANNED, ACCEPTED)),
        and_(col(Meeting.state) == PROPOSED, col(Meeting.round_id).is_not(None)),
    )


def board_meetings(
    session: Session,
    edition: Edition,
    between: Span,
    now: datetime,
    *,
    limit: int | None = None,
    start: int = 0,
) -> list[BoardMeeting]:
    """List the meetings that begin within a time, in order; six queries however many."""
    query = (
        select(Meeting)
        .where(Meeting.edition_id == edition.id, on_board(), *_begins_in(between))
        .order_by(col(Meeting.starts_at), col(Meeting.table_number), col(Meeting.id))
    )
    rows = session.exec(query.offset(start).limit(limit)).all()
    return described(session, edition, rows, now)


def count_in(session: Session, edition: Edition, between: Span) -> int:
    """Count the meetings on the board that begin within a time; one query."""
    query = select(func.count()).select_from(Meeting)
    return session.exec(
        query.where(Meeting.edition_id == edition.id, on_board(), *_begins_in(between))
    ).one()


def board_meeting(session: Session, edition: Edition, meeting_id: int) -> Meeting:
    """Find a meeting on an edition's board.

    Raises
    ------
    NotFound
    """
    query = select(Meeting).where(
        Meeting.id == meeting_id, Meeting.edition_id == edition.id, on_board()
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound(f"there is no meeting {meeting_id} on this board")
    return found


def counts_of(session: Session, edition: Edition, now: datetime) -> BoardCounts:
    """Count the meetings on the board that are to come; one query."""
    query = (
        select(Meeting.state, func.count())
        .where(Meeting.edition_id == edition.id, on_board(), col(Meeting.starts_at) > now)
        .group_by(Meeting.state)
    )
    return BoardCounts(**dict(session.exec(query).all()))


def described(
    session: Session, edition: Edition, rows: Sequence[Meeting], now: datetime
) -> list[BoardMeeting]:
    """Name the people of meetings, and say what stands in the way of those to come."""
    people = board_people(session, [one for row in rows for one in (row.left_id, row.right_id)])
    around = read_around(session, edition, people, now)
    return [
        BoardMeeting(
            row,
            people[row.left_id],
            people[row.right_id],
            _in_the_way(around, row) if row.starts_at > now else (),
        )
        for row in rows
    ]


def board_people(session: Session, profile_ids: Iterable[int]) -> dict[int, BoardPerson]:
    """Read people for their organisers, by profile id; one query."""
    query = (
        select(
            Profile.id,
            Profile.name,
            Profile.name_native,
            func.coalesce(Organisation.name, Profile.organisation_name),
        )
        .join(Organisation, col(Organisation.id) == Profile.organisation_id, isouter=True)
        .where(col(Profile.id).in_(set(profile_ids)))
    )
    return {
        number: BoardPerson(number, name or native, native, place or "")
        for number, name, native, place in session.exec(query)
    }


def _in_the_way(around: Around, row: Meeting) -> tuple[Block, ...]:
    span = Span(row.starts_at, row.ends_at)
    return around.blocks((row.left_id, row.right_id), span, leave_out=row.id)


def _begins_in(between: Span) -> Collection[ColumnElement[bool]]:
    return col(Meeting.starts_at) >= between.start, col(Meeting.starts_at) < between.end
