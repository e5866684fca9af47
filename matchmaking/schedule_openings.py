"""Every (meeting, slot) that is possible, and what it would be worth: what a solver sees."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from matchmaking.schedule_problem import ScheduleProblem
from matchmaking.scorers import IntArray


@dataclass(frozen=True)
class Openings:
    """Where each meeting may go once the pinned ones have taken their people and tables.

    Attributes
    ----------
    meetings
        (k, 2) pairs (left, right), the pinned ones too, though they have no opening.
    shape
        How many left people, right people and slots there are.
    tables
        (s,) tables that are left.
    meeting, slot, value
        (v,) the openings, by meeting and slot, and what each is worth: whole numbers from 1.
    """

    meetings: IntArray
    shape: tuple[int, int, int]
    tables: IntArray
    meeting: IntArray
    slot: IntArray
    value: IntArray

    @classmethod
    def of(cls, problem: ScheduleProblem, values: IntArray) -> "Openings":
        """Find the openings of a problem; values (k, s) say what each would be worth."""
        n, m, s = problem.shape
        pinned = np.flatnonzero(problem.pins >= 0)
        slots = problem.pins[pinned]
        left_idle, right_idle = np.ones((n, s), bool), np.ones((m, s), bool)
        left_idle[problem.left[pinned], slots] = False
        right_idle[problem.right[pinned], slots] = False
        tables = problem.limits - np.bincount(slots, minlength=s)
        possible = problem.both_free & left_idle[problem.left] & right_idle[problem.right]
        possible &= tables > 0
        possible[pinned] = False
        meeting, slot = np.nonzero(possible)
        return cls(problem.meetings, problem.shape, tables, meeting, slot, values[meeting, slot])

    @cached_property
    def ceiling(self) -> int:
        """What all meetings would be worth if each had its most valuable opening to itself."""
        best = np.zeros(len(self.meetings), int)
        np.maximum.at(best, self.meeting, self.value)
        return int(best.sum())

    @cached_property
    def limits(self) -> IntArray:
        """(c,) how many openings of each row of `rows` may be taken."""
        return self._all_limits[self._binding]

    @cached_property
    def rows(self) -> csr_matrix:
        """(c, v) which openings exclude each other, without the rows that can never bind.

        An opening takes its meeting, a slot of the left and of the right person, and a table.
        """
        return self._all_rows[self._binding]

    @cached_property
    def _all_rows(self) -> csr_matrix:
        n, m, s = self.shape
        k, v = len(self.meetings), len(self.meeting)
        left, right = self.meetings[self.meeting].T
        places = (
            self.meeting,
            k + left * s + self.slot,
            k + (n + right) * s + self.slot,
            k + (n + m) * s + self.slot,
        )
        entries = np.ones(4 * v), (np.concatenate(places), np.tile(np.arange(v), 4))
        return csr_matrix(entries, shape=(k + (n + m + 1) * s, v))

    @cached_property
    def _all_limits(self) -> IntArray:
        n, m, s = self.shape
        return np.concatenate((np.ones(len(self.meetings) + (n + m) * s, int), self.tables))

    @cached_property
    def _binding(self) -> IntArray:
        return np.flatnonzero(np.diff(self._all_rows.indptr) > self._all_limits)
