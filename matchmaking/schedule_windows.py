"""Meetings into the slots in which both people are free: as much as can be placed, with a bound.

Placing the most is NP-hard (S. Even, A. Itai, A. Shamir, On the complexity of timetable and
multicommodity flow problems, SIAM Journal on Computing 5, 1976). So: greedy, then the linear
relaxation rounded, then repair by ejection over the openings its prices do not regret; a small rest
is solved exactly. Whatever was best is returned, so the answer is never below the greedy one.
"""

from dataclasses import dataclass

import numpy as np

from matchmaking.schedule_board import Board, filled, greedy_order
from matchmaking.schedule_exact import SMALL, exact
from matchmaking.schedule_openings import Openings
from matchmaking.schedule_relaxation import Relaxation, relaxed
from matchmaking.schedule_repair import Walk, repair
from matchmaking.schedule_result import ScheduleProgress, ScheduleWatch
from matchmaking.scorers import FloatArray, IntArray

_STEPS_EACH = 350
_MOST_STEPS = 5_000_000
_FIRST_SHARE = 0.1
_JITTER = 0.05
_REGRET = 0.02
_SLACK = 1e-6


@dataclass(frozen=True)
class Placement:
    """Slots (k,), -1 for none; what they are worth; and what no placement can exceed."""

    slot_of: IntArray
    value: int
    bound: int


def placed(
    openings: Openings,
    heat: tuple[float, float],
    *,
    seed: int,
    watch: ScheduleWatch,
    start: IntArray | None = None,
) -> Placement:
    """Choose openings of the largest value that can be found; `start` (indices) is tried first."""
    if not len(openings.value):
        return Placement(np.full(len(openings.meetings), -1), 0, 0)
    search = _Search(openings, heat, seed, watch)
    search.offer(filled(openings, (greedy_order(openings),)))
    if start is not None:
        search.offer(filled(openings, (start, greedy_order(openings))))
    if not search.proven:
        search.relax_and_repair()
    if not search.proven and len(openings.value) <= SMALL:
        search.finish()
    return Placement(search.slot_of, search.value, search.bound)


def bound_of(openings: Openings) -> int:
    """Bound the value of every choice of openings."""
    if not len(openings.value):
        return 0
    relaxation = relaxed(openings, openings.value.astype(float))
    return min(openings.ceiling, _whole(relaxation))


def _whole(relaxation: Relaxation) -> int:
    """Round a bound on whole numbers down, but not for an error in the last bits."""
    return int(np.floor(relaxation.bound + _SLACK))


class _Search:
    """The best slots so far, and the bound."""

    def __init__(
        self, openings: Openings, heat: tuple[float, float], seed: int, watch: ScheduleWatch
    ) -> None:
        self.openings = openings
        self.heat = heat
        self.seed = seed
        self.watch = watch
        self.slot_of: IntArray = np.full(len(openings.meetings), -1)
        self.value = 0
        self.bound = openings.ceiling

    @property
    def proven(self) -> bool:
        return self.value == self.bound

    def offer(self, board: Board) -> None:
        """Keep a board's slots when they are better."""
        if board.value > self.value:
            self.value, self.slot_of = board.value, np.array(board.slot_of)

    def relax_and_repair(self) -> None:
        """Walk from the rounded relaxation, shortly; if that does not do, from a sharper one.

        The relaxation has many optimal answers and the method returns one in their middle. A small
        random change of the values makes it decide, and leaves less to be repaired.
        """
        values = self.openings.value.astype(float)
        middle = self._relaxed(values, 0)
        self.bound = min(self.bound, _whole(middle))
        # Openings that the prices regret are in no optimal fractional answer: leave them out.
        offered = np.flatnonzero(middle.regret <= _REGRET * values.mean())
        steps = min(_MOST_STEPS, _STEPS_EACH * len(self.openings.meetings))
        self._walk(middle, offered, int(steps * _FIRST_SHARE))
        if not self.proven:
            rng = np.random.default_rng(self.seed)
            jitter = 1 + _JITTER * rng.random(len(values))
            self._walk(self._relaxed(values * jitter, 1), offered, steps)

    def _relaxed(self, values: FloatArray, done: int) -> Relaxation:
        self.watch.report(ScheduleProgress("relaxation", done, 2))
        return relaxed(self.openings, values)

    def _walk(self, relaxation: Relaxation, offered: IntArray, steps: int) -> None:
        share = relaxation.share
        orders = (offered[np.argsort(-share[offered], kind="stable")], np.argsort(-share))
        board = filled(self.openings, orders)
        self.offer(board)
        if self.proven:
            return
        walk = Walk(steps, self.heat, self.bound, self.seed)
        slots = repair(board, self.openings, offered, walk, self.watch)
        self._take(np.array(slots))

    def _take(self, slot_of: IntArray) -> None:
        value = self._worth(slot_of)
        if value > self.value:
            self.value, self.slot_of = value, slot_of

    def finish(self) -> None:
        """Solve what is small to the end."""
        self.watch.report(ScheduleProgress("exact", 0, 1))
        answer = exact(self.openings, self.value, self.bound)
        self.bound = answer.bound
        if answer.slot_of is not None:
            self._take(answer.slot_of)

    def _worth(self, slot_of: IntArray) -> int:
        at = slot_of[self.openings.meeting] == self.openings.slot
        return int(self.openings.value[at].sum())
