"""What is to be planned again, as the rule in matchmaking/schedule_replan.py sees it, and back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from matchmaking.free_time import Span
from matchmaking.schedule_problem import ScheduleProblem
from matchmaking.schedule_replan import Standing
from matchmaking.schedule_seats import Seat, seated
from models import Edition, Meeting, Profile, Round
from services.availability import free_times
from services.board import on_board
from services.board_around import no_shows, read_around
from services.consents_reading import may_be_paired
from services.meeting_rules import ACCEPTED, PLANNED
from services.programme import programme_of
from services.round_standing import RoundPair, problem_of, read_standing

# A meeting that people know of is given up for no number of new ones that could be.
_WORTH_OF_KNOWN = 100
_WAITING_A_PLACE, _WAITING_AT_LEAST = 10, 100
# For one meeting more, so many that people know of may move at most.
_MOVES_FOR_ONE = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A slot and a table."""

    span: Span
    table: int | None


@dataclass(frozen=True, slots=True)
class Replannable:
    """The board as it is to be planned again.

    ``gone`` are meetings of which somebody left, ``fixed`` those that stay, ``movable`` those that
    may move; ``waiting`` the pairs without a meeting. ``busy`` holds when people can not meet,
    their fixed meetings counted.
    """

    gone: tuple[Meeting, ...]
    fixed: tuple[Meeting, ...]
    movable: tuple[Meeting, ...]
    waiting: tuple[RoundPair, ...]
    slots: tuple[Span, ...]
    busy: Mapping[int, Sequence[Span]]

    @property
    def people(self) -> set[int]:
        """Everybody in it, by profile id."""
        return _named((*self.gone, *self.fixed, *self.movable), self.waiting)


@dataclass(frozen=True, slots=True)
class Solved:
    """Where each movable meeting and then each waiting pair goes, if anywhere."""

    spots: tuple[Spot | None, ...]
    fewest: bool


def read_replannable(
    session: Session, edition: Edition, row: Round, now: datetime, *, agreed_may_move: bool
) -> Replannable:
    """Read the board and the pairs without a meeting."""
    query = select(Meeting).where(
        Meeting.edition_id == edition.id, on_board(), col(Meeting.starts_at) > now
    )
    rows = session.exec(query.order_by(col(Meeting.starts_at), col(Meeting.id))).all()
    pairs = read_standing(session, edition, row, now).waiting
    named = _named(rows, pairs)
    here = free_times(session, edition.id, named).keys() & _pairable(session, named)
    here -= no_shows(session, edition.id)
    waiting = tuple(one for one in pairs if {one.left_id, one.right_id} <= here)
    gone = [one for one in rows if not {one.left_id, one.right_id} <= here]
    there = [one for one in rows if {one.left_id, one.right_id} <= here]
    movable = [one for one in there if agreed_may_move or one.state != ACCEPTED]
    fixed = [one for one in there if not agreed_may_move and one.state == ACCEPTED]
    lifted = {one.id for one in (*gone, *movable)}
    slots = tuple(slot for slot in programme_of(edition).slots if slot.start > now)
    tables = programme_of(edition).tables
    if tables is not None:
        # Where ten times as many wait as there are places, the first of them fill these as well.
        room = max(tables * len(slots) - len(there), 0)
        waiting = waiting[: _WAITING_A_PLACE * room + _WAITING_AT_LEAST]
    return Replannable(
        tuple(gone),
        tuple(fixed),
        tuple(movable),
        waiting,
        slots,
        _busy(session, edition, named, lifted, now),
    )


def solved(given: Replannable, edition: Edition) -> Solved:
    """Place everything again, moving the fewest."""
    pairs = [*(RoundPair(one.left_id, one.right_id) for one in given.movable), *given.waiting]
    if not pairs or not given.slots:
        return Solved((None,) * len(pairs), fewest=True)
    tables = programme_of(edition).tables
    problem = _problem(given, pairs, tables)
    slot_of = {slot: number for number, slot in enumerate(given.slots)}
    stood = [slot_of.get(Span(one.starts_at, one.ends_at), -1) for one in given.movable]
    before = np.array([*stood, *([-1] * len(given.waiting))], np.int64)
    known = any(one.state != PLANNED for one in given.movable)
    # Late, because it loads the solvers, which a process that serves other pages can spare.
    from matchmaking.schedule import replan

    found = replan(
        problem,
        Standing(before, np.full(len(pairs), -1)),
        moves_for_one=_MOVES_FOR_ONE if known else None,
    )
    spans = [given.slots[slot] if slot >= 0 else None for slot in found.schedule.slot.tolist()]
    return Solved(_spots(given, pairs, spans, tables), found.fewest_moves)


def _problem(given: Replannable, pairs: Sequence[RoundPair], tables: int | None) -> ScheduleProblem:
    left = None
    if tables is not None:
        used = Counter(one.starts_at for one in given.fixed if one.table_number)
        left = np.array([max(tables - used[slot.start], 0) for slot in given.slots], np.int64)
    worth = [_WORTH_OF_KNOWN if one.state != PLANNED else 1 for one in given.movable]
    return problem_of(
        pairs,
        given.slots,
        given.busy,
        left,
        worth=np.array([*worth, *([1] * len(given.waiting))], np.int64),
    )


def _spots(
    given: Replannable,
    pairs: Sequence[RoundPair],
    spans: Sequence[Span | None],
    tables: int | None,
) -> tuple[Spot | None, ...]:
    if tables is None:
        return tuple(Spot(span, None) if span else None for span in spans)
    taken: dict[datetime, set[int]] = defaultdict(set)
    for one in given.fixed:
        taken[one.starts_at].add(one.table_number or 0)
    wanted = [*(one.table_number for one in given.movable), *([None] * len(given.waiting))]
    stays = [one.starts_at for one in given.movable]
    places = [place for place, span in enumerate(spans) if span]
    seats = [
        Seat(
            span.start,
            pairs[place].left_id,
            wanted[place] if place < len(stays) and stays[place] == span.start else None,
        )
        for place, span in enumerate(spans)
        if span
    ]
    found: list[Spot | None] = [None] * len(spans)
    for place, table in zip(places, seated(seats, taken, tables), strict=True):
        span = spans[place]
        found[place] = Spot(span, table) if span and table else None
    return tuple(found)


def _busy(
    session: Session,
    edition: Edition,
    people: Collection[int],
    lifted: Collection[int],
    now: datetime,
) -> dict[int, list[Span]]:
    around = read_around(session, edition, people, now)
    busy: dict[int, list[Span]] = defaultdict(list)
    for one in people:
        busy[one] += around.busy.get(one, ())
        busy[one] += [met.span for met in around.meetings.get(one, ()) if met.id not in lifted]
        busy[one] += [Span(row.starts_at, row.ends_at) for row in around.sessions.get(one, ())]
    return busy


def _named(rows: Iterable[Meeting], pairs: Iterable[RoundPair]) -> set[int]:
    people = {one for row in rows for one in (row.left_id, row.right_id)}
    return people | {one for pair in pairs for one in (pair.left_id, pair.right_id)}


def _pairable(session: Session, people: Collection[int]) -> set[int]:
    query = select(Profile.id).where(col(Profile.id).in_(people), may_be_paired())
    return set(session.exec(query))
