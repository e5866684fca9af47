"""Acts on the board: a meeting is put into a slot, moved to another, or taken away.

Every act holds its people and the edition before it looks, so that of two organisers at one moment
the second sees what the first did. Whoever was told of a meeting is told that it moved; while it is
only planned, nobody is.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from matchmaking.free_time import Span
from models import Edition, Meeting, Round
from services.audit import Subject, record
from services.board import board_meeting
from services.board_around import TABLE, Block, read_around
from services.errors import ServiceError
from services.mail import Write
from services.meeting_hold import hold
from services.meeting_letters import REMOVED, tell
from services.meeting_moved import tell_of_move
from services.meeting_rules import PLANNED, NotNow, call_off
from services.programme import programme_of


class Blocked(ServiceError):
    """A meeting cannot stand there; ``blocks`` says who or what is in the way."""

    code = "blocked"

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        super().__init__("somebody or something is in the way; choose another slot or table")
        self.blocks = blocks


class NoSlot(ServiceError):
    """No slot of the programme to come starts then; look at the board again."""

    code = "no-slot"


class ChangedMeanwhile(ServiceError):
    """Somebody else changed this meeting since the page was read; look at it again."""

    code = "changed-meanwhile"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a meeting is to stand; table None is any that is free."""

    start: datetime
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a meeting stood before, for undoing the move, and how it stands now."""

    row: Meeting
    before: Target


def move_meeting(
    session: Session,
    write: Write,
    edition: Edition,
    meeting_id: int,
    target: Target,
    seen: int,
    now: datetime,
    *,
    actor_id: int | None,
) -> Moved:
    """Move a meeting to another slot or table, and tell its people if they knew of it.

    Parameters
    ----------
    seen
        The version of the meeting that the organiser looked at: its ``sequence``.

    Raises
    ------
    NotFound, NotNow, NoSlot, Blocked, ChangedMeanwhile
    """
    row = _held(session, edition, meeting_id)
    if row.starts_at <= now:
        raise NotNow("this meeting has begun")
    if row.sequence != seen:
        raise ChangedMeanwhile("somebody changed this meeting meanwhile; look at it again")
    before = Target(row.starts_at, row.table_number)
    span, table = _room(session, edition, row, target, now)
    if (span.start, table) == (before.start, before.table):
        return Moved(row, before)
    row.starts_at, row.ends_at, row.table_number = span.start, span.end, table
    row.wish_starts_at = row.wish_by = None
    row.sequence, row.changed_at = row.sequence + 1, now
    session.flush()
    if row.state != PLANNED:
        tell_of_move(session, write, edition, row, (before.start, before.table), now)
    record(
        session,
        edition.id,
        "moved",
        Subject("meeting", row.id),
        now,
        actor_id=actor_id,
        before=_place(before.start, before.table),
        after=_place(row.starts_at, row.table_number),
    )
    return Moved(row, before)


def put_pair(
    session: Session,
    edition: Edition,
    pairing: Round,
    people: tuple[int, int],
    target: Target,
    now: datetime,
    *,
    actor_id: int | None,
) -> Meeting:
    """Plan a meeting for a pair of a round by hand.

    Raises
    ------
    NoSlot, Blocked
    """
    hold(session, edition.id, people)
    row = Meeting(
        uid=secrets.token_hex(16),
        edition_id=edition.id,
        round_id=pairing.id,
        left_id=people[0],
        right_id=people[1],
        starts_at=target.start,
        ends_at=target.start,
        state=PLANNED,
        created_at=now,
        changed_at=now,
    )
    span, row.table_number = _room(session, edition, row, target, now)
    row.starts_at, row.ends_at = span.start, span.end
    session.add(row)
    session.flush()
    after = {"people": list(people), **_place(row.starts_at, row.table_number)}
    record(
        session,
        edition.id,
        "planned",
        Subject("meeting", row.id),
        now,
        actor_id=actor_id,
        after=after,
    )
    return row


def take_away(
    session: Session,
    write: Write,
    edition: Edition,
    meeting_id: int,
    now: datetime,
    *,
    actor_id: int | None,
) -> str:
    """Take a meeting off the board; whoever knew of it is told. Returns the state it had.

    Raises
    ------
    NotFound, NotNow
    """
    row = _held(session, edition, meeting_id)
    if row.starts_at <= now:
        raise NotNow("this meeting has begun")
    state = row.state
    before = {"people": [row.left_id, row.right_id], **_place(row.starts_at, row.table_number)}
    record(
        session,
        edition.id,
        "removed",
        Subject("meeting", row.id),
        now,
        actor_id=actor_id,
        before=before,
    )
    if state == PLANNED:
        session.delete(row)
    else:
        call_off(row, now)
        tell(session, write, row, REMOVED, (row.left_id, row.right_id), now)
    session.flush()
    return state


def _held(session: Session, edition: Edition, meeting_id: int) -> Meeting:
    row = board_meeting(session, edition, meeting_id)
    hold(session, edition.id, (row.left_id, row.right_id))
    session.expire(row)
    return board_meeting(session, edition, meeting_id)


def _room(
    session: Session, edition: Edition, row: Meeting, target: Target, now: datetime
) -> tuple[Span, int | None]:
    """Find the slot and the table that a meeting would have, or say what is in the way."""
    programme = programme_of(edition)
    span = programme.slot_at(target.start)
    if span is None or span.start <= now:
        raise NoSlot("no slot to come starts then; look at the board again")
    people = (row.left_id, row.right_id)
    around = read_around(session, edition, people, now)
    blocks = around.blocks(people, span, leave_out=row.id)
    if programme.tables is None:
        if blocks:
            raise Blocked(blocks)
        return span, None
    taken = around.taken_tables(span.start, leave_out=row.id)
    wanted = [target.table] if target.table else [row.table_number, *range(1, programme.tables + 1)]
    free = [one for one in wanted if one and one <= programme.tables and one not in taken]
    if not free:
        sitting = taken.get(target.table or 0, ())
        blocks = (*blocks, Block(TABLE, other=tuple(sitting)))
    if blocks:
        raise Blocked(blocks)
    return span, free[0]


def _place(start: datetime, table: int | None) -> dict[str, str | int | None]:
    return {"starts_at": start.isoformat(), "table": table}
