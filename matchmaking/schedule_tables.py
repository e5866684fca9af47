"""Which table a meeting gets: one each, and people change tables as little as this way can."""

import numpy as np

from matchmaking.schedule_problem import ScheduleProblem
from matchmaking.scorers import IntArray

_NONE = -1


def tables_of(
    problem: ScheduleProblem, slot_of: IntArray, wanted: IntArray | None = None
) -> IntArray:
    """Give each placed meeting a table, (k,), from 0 in each slot; -1 without a slot.

    A meeting gets the table it is `wanted` at (k, -1: none) if the slot has it; else the table the
    left person sat at last, else the right person's, else the one that fewest left people sat at
    last.
    """
    wishes = np.full(len(problem.meetings), _NONE) if wanted is None else wanted
    table_of = np.full(len(problem.meetings), _NONE)
    in_slots = np.bincount(slot_of[slot_of >= 0], minlength=problem.shape[2])
    # More tables than these are not looked at: one for every left person is plenty.
    plenty = max(int(in_slots.max(initial=0)), problem.shape[0], int(wishes.max(initial=0)) + 1)
    last_left = np.full(problem.shape[0], _NONE)
    last_right = np.full(problem.shape[1], _NONE)
    for slot in np.flatnonzero(in_slots).tolist():
        meetings = np.flatnonzero(slot_of == slot)
        left, right = problem.left[meetings], problem.right[meetings]
        hall = _Hall(min(int(problem.limits[slot]), plenty), len(meetings))
        for places in (wishes[meetings], last_left[left], last_right[right]):
            hall.seat(places)
        hall.seat_anywhere(last_left)
        table_of[meetings] = last_left[left] = last_right[right] = hall.table_of
    return table_of


class _Hall:
    """The tables of one slot, and which of its meetings sits where."""

    def __init__(self, tables: int, meetings: int) -> None:
        self.table_of = np.full(meetings, _NONE)
        self._taken = np.zeros(tables, bool)

    def seat(self, places: IntArray) -> None:
        """Give each meeting that has no table yet the one it would like, if that is idle."""
        for meeting in np.flatnonzero(self.table_of == _NONE).tolist():
            table = int(places[meeting])
            if 0 <= table < len(self._taken) and not self._taken[table]:
                self._taken[table] = True
                self.table_of[meeting] = table

    def seat_anywhere(self, last: IntArray) -> None:
        """Give the others idle tables, first those where the fewest people sat last."""
        claims = np.bincount(last[last >= 0], minlength=len(self._taken))[: len(self._taken)]
        idle = np.flatnonzero(~self._taken)
        waiting = np.flatnonzero(self.table_of == _NONE)
        by_claims = idle[np.argsort(claims[idle], kind="stable")]
        self.table_of[waiting] = by_claims[: len(waiting)]
