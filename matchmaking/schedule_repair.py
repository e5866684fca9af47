"""Repair by ejection: put a waiting meeting in, push out whoever stands in the way, go on.

A walk over schedules that all hold. Each step offers one waiting meeting one of its slots; whoever
clashes there has to wait in turn, so that chains of moves form by themselves. Exchanges that cost
nothing are always taken, losses seldom and ever more seldom (S. Kirkpatrick et al., Optimization by
simulated annealing, Science 220, 1983). The number of steps is given, the clock is not consulted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matchmaking.schedule_board import EMPTY, Board
from matchmaking.schedule_openings import Openings
from matchmaking.schedule_result import ScheduleProgress, ScheduleWatch
from matchmaking.scorers import IntArray

_STRETCH = 8192


@dataclass(frozen=True)
class Walk:
    """How far to walk: `steps`, `heat` from first to last in units of value, and until `goal`."""

    steps: int
    heat: tuple[float, float]
    goal: int
    seed: int


class Waiting:
    """Meetings that would rather be elsewhere: not yet in the most valuable of their slots."""

    def __init__(self, board: Board, choices: list[list[tuple[int, int]]]) -> None:
        self._best = [max((value for _, value in some), default=0) for some in choices]
        self.members = [m for m, best in enumerate(self._best) if board.held[m] < best]
        self._rank = [EMPTY] * len(choices)
        for rank, meeting in enumerate(self.members):
            self._rank[meeting] = rank

    def note(self, meeting: int, held: int) -> None:
        """Take in that a meeting is now worth `held`."""
        waits = held < self._best[meeting]
        rank = self._rank[meeting]
        if waits and rank == EMPTY:
            self._rank[meeting] = len(self.members)
            self.members.append(meeting)
        elif not waits and rank != EMPTY:
            last = self.members.pop()
            if last != meeting:
                self.members[rank] = last
                self._rank[last] = rank
            self._rank[meeting] = EMPTY


def repair(
    board: Board, openings: Openings, offered: IntArray, walk: Walk, watch: ScheduleWatch
) -> list[int]:
    """Walk from a board over the openings `offered` (indices); return the best slots met, (k,)."""
    choices: list[list[tuple[int, int]]] = [[] for _ in board.slot_of]
    for meeting, slot, value in zip(
        openings.meeting[offered].tolist(),
        openings.slot[offered].tolist(),
        openings.value[offered].tolist(),
        strict=True,
    ):
        choices[meeting].append((slot, value))
    waiting = Waiting(board, choices)
    rng = np.random.default_rng(walk.seed)
    best, slots = board.value, list(board.slot_of)
    first, last = walk.heat
    for done in range(0, walk.steps, _STRETCH):
        watch.report(ScheduleProgress("repair", done, walk.steps))
        if best >= walk.goal or not waiting.members:
            break
        heat = first * (last / first) ** (done / walk.steps)
        who, where, luck = rng.random((3, min(_STRETCH, walk.steps - done)))
        # Taking a loss with the chance exp(loss / heat) is taking losses of at least this size.
        floor = heat * np.log1p(-luck)
        draws = zip(who.tolist(), where.tolist(), floor.tolist(), strict=True)
        best, slots = _stretch(board, choices, waiting, draws, best, slots)
    return slots


def _stretch(
    board: Board,
    choices: list[list[tuple[int, int]]],
    waiting: Waiting,
    draws: Iterable[tuple[float, float, float]],
    best: int,
    slots: list[int],
) -> tuple[int, list[int]]:
    """Take one step a draw; this loop is where the time goes, so it calls little."""
    left, right, held, slot_of = board.left, board.right, board.held, board.slot_of
    at_left, at_right, members = board.at_left, board.at_right, waiting.members
    for who, where, floor in draws:
        if not members:
            break
        meeting = members[int(who * len(members))]
        options = choices[meeting]
        place = where * len(options)
        slot, value = options[int(place)]
        one, other = at_left[left[meeting] + slot], at_right[right[meeting] + slot]
        if one == other:
            if slot == slot_of[meeting]:
                continue
            other = EMPTY
            if one == EMPTY and len(board.in_slot[slot]) >= board.tables[slot]:
                one = board.in_slot[slot][int(place % 1 * len(board.in_slot[slot]))]
        gain = value - held[meeting]
        if one != EMPTY:
            gain -= held[one]
        if other != EMPTY:
            gain -= held[other]
        if gain < floor:
            continue
        _enter(board, waiting, (meeting, slot, value), (one, other))
        if board.value > best:
            best, slots = board.value, list(slot_of)
    return best, slots


def _enter(
    board: Board, waiting: Waiting, offer: tuple[int, int, int], ejected: tuple[int, int]
) -> None:
    """Put a meeting into a slot for a value; the ejected (EMPTY: nobody) wait from now on."""
    meeting, slot, value = offer
    for other in ejected:
        if other != EMPTY:
            board.lift(other)
            waiting.note(other, 0)
    if board.slot_of[meeting] != EMPTY:
        board.lift(meeting)
    board.put(meeting, slot, value)
    waiting.note(meeting, value)
