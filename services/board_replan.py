"""Planning the board again after people left or became busy: the fewest meetings move.

What would happen is shown first. Doing it computes it again; when somebody changed something in
between, it is shown again instead. Agreed meetings stay where they are unless that is asked for.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from matchmaking.free_time import Span
from models import Edition, Meeting, Round
from services.audit import Subject, record
from services.board_moves import ChangedMeanwhile
from services.board_replan_problem import read_replannable, solved
from services.mail import Write
from services.meeting_hold import hold
from services.meeting_letters import REMOVED, tell
from services.meeting_moved import tell_of_move
from services.meeting_rules import PLANNED, PROPOSED, call_off
from services.round_standing import RoundPair


@dataclass(frozen=True, slots=True)
class Move:
    """A meeting and where it would go."""

    row: Meeting
    span: Span
    table: int | None


@dataclass(frozen=True, slots=True)
class Removal:
    """A meeting that cannot stay: somebody is gone, or there is no slot for it any more."""

    row: Meeting
    why: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A pair that would get a meeting."""

    pair: RoundPair
    span: Span
    table: int | None


@dataclass(frozen=True, slots=True)
class Replanning:
    """What planning again would do.

    ``fewest`` tells whether it is proven that no fewer meetings could move; ``digest`` names this
    very outcome.
    """

    moves: tuple[Move, ...]
    removals: tuple[Removal, ...]
    additions: tuple[Addition, ...]
    staying: int
    fewest: bool

    @property
    def anything(self) -> bool:
        """Whether anything would change."""
        return bool(self.moves or self.removals or self.additions)

    def people(self, most: int) -> set[int]:
        """List the people of so many of its moves, removals and additions, by profile id."""
        pairs = [(one.row.left_id, one.row.right_id) for one in self.moves[:most]]
        pairs += [(one.row.left_id, one.row.right_id) for one in self.removals[:most]]
        pairs += [(one.pair.left_id, one.pair.right_id) for one in self.additions[:most]]
        return {who for pair in pairs for who in pair}

    @property
    def digest(self) -> str:
        """Name what would happen, so that nothing else is done than what was looked at."""
        parts = [f"{one.row.id}>{one.span.start.isoformat()}:{one.table}" for one in self.moves]
        parts += [f"{one.row.id}-" for one in self.removals]
        parts += [
            f"{one.pair.left_id}+{one.pair.right_id}@{one.span.start.isoformat()}:{one.table}"
            for one in self.additions
        ]
        return sha256(" ".join(parts).encode()).hexdigest()


def plan_again(
    session: Session,
    edition: Edition,
    row: Round,
    now: datetime,
    *,
    agreed_may_move: bool = False,
) -> Replanning:
    """Say what planning again would do, and write nothing. The same state gives the same plan."""
    given = read_replannable(session, edition, row, now, agreed_may_move=agreed_may_move)
    found = solved(given, edition)
    moves, removals = [], [Removal(one, "gone") for one in given.gone]
    for place, meeting in enumerate(given.movable):
        spot = found.spots[place]
        if spot is None:
            removals.append(Removal(meeting, "no-place"))
        elif (spot.span.start, spot.table) != (meeting.starts_at, meeting.table_number):
            moves.append(Move(meeting, spot.span, spot.table))
    placed = sum(spot is not None for spot in found.spots[: len(given.movable)])
    new = zip(given.waiting, found.spots[len(given.movable) :], strict=True)
    return Replanning(
        moves=tuple(moves),
        removals=tuple(removals),
        additions=tuple(Addition(pair, spot.span, spot.table) for pair, spot in new if spot),
        staying=len(given.fixed) + placed - len(moves),
        fewest=found.fewest,
    )


def replan_now(
    session: Session,
    write: Write,
    edition: Edition,
    row: Round,
    digest: str,
    now: datetime,
    *,
    actor_id: int | None,
    agreed_may_move: bool = False,
) -> Replanning:
    """Do what was shown: move, take away, plan anew; and tell whoever knew of a meeting.

    Raises
    ------
    ChangedMeanwhile
        When the outcome would be another one by now.
    """
    given = read_replannable(session, edition, row, now, agreed_may_move=agreed_may_move)
    hold(session, edition.id, given.people)
    session.expire_all()
    plan = plan_again(session, edition, row, now, agreed_may_move=agreed_may_move)
    if plan.digest != digest:
        raise ChangedMeanwhile("the board has changed meanwhile; look at the plan again")
    entry = _entry(plan)
    _take_away(session, write, plan, now)
    _move(session, write, edition, plan, now)
    _add(session, edition, row, plan, now)
    record(
        session,
        edition.id,
        "replanned",
        Subject("meeting"),
        now,
        actor_id=actor_id,
        before=entry[0],
        after=entry[1],
    )
    return plan


def _take_away(session: Session, write: Write, plan: Replanning, now: datetime) -> None:
    for one in plan.removals:
        if one.row.state == PLANNED:
            session.delete(one.row)
        else:
            call_off(one.row, now)
            tell(session, write, one.row, REMOVED, (one.row.left_id, one.row.right_id), now)
    session.flush()


def _move(
    session: Session, write: Write, edition: Edition, plan: Replanning, now: datetime
) -> None:
    """Move meetings; between leaving and arriving they are proposals, which no index counts.

    Else two that change places would stand in each other's way.
    """
    before = [(one.row.state, (one.row.starts_at, one.row.table_number)) for one in plan.moves]
    for one in plan.moves:
        one.row.state = PROPOSED
    session.flush()
    for one in plan.moves:
        one.row.starts_at, one.row.ends_at = one.span.start, one.span.end
        one.row.table_number = one.table
        one.row.wish_starts_at = one.row.wish_by = None
        one.row.sequence, one.row.changed_at = one.row.sequence + 1, now
    session.flush()
    for one, (state, _where) in zip(plan.moves, before, strict=True):
        one.row.state = state
    session.flush()
    for one, (state, where) in zip(plan.moves, before, strict=True):
        if state != PLANNED:
            tell_of_move(session, write, edition, one.row, where, now)


def _add(session: Session, edition: Edition, row: Round, plan: Replanning, now: datetime) -> None:
    for one in plan.additions:
        meeting = Meeting(
            uid=secrets.token_hex(16),
            edition_id=edition.id,
            round_id=row.id,
            left_id=one.pair.left_id,
            right_id=one.pair.right_id,
            starts_at=one.span.start,
            ends_at=one.span.end,
            table_number=one.table,
            state=PLANNED,
            created_at=now,
            changed_at=now,
        )
        session.add(meeting)
    session.flush()


def _entry(plan: Replanning) -> tuple[dict[str, object], dict[str, object]]:
    moved = [
        [one.row.id, one.row.starts_at.isoformat(), one.row.table_number] for one in plan.moves
    ]
    removed = [[one.row.id, one.row.left_id, one.row.right_id] for one in plan.removals]
    after = [_place(one.row, one.span.start, one.table) for one in plan.moves]
    planned = [
        [one.pair.left_id, one.pair.right_id, one.span.start.isoformat(), one.table]
        for one in plan.additions
    ]
    return {"moved": moved, "removed": removed}, {"moved": after, "planned": planned}


def _place(row: Meeting, start: datetime, table: int | None) -> list[object]:
    return [row.id, start.isoformat(), table]
