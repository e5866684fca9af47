"""One query's ranking in groups of equal scores, and its figures expected over all their orders.

Public: ``TieGroups.of(scores, wanted)`` with ``reciprocal_rank``, ``average_precision``, ``hit``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TieGroups:
    """Groups of equal scores, best first.

    Parameters
    ----------
    sizes
        How many candidates share the score.
    right
        How many of them are right.
    starts
        How many candidates are better.
    """

    sizes: NDArray[np.int64]
    right: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, scores: NDArray[np.floating[Any]], wanted: Sequence[int]) -> "TieGroups":
        """Group a query's candidates by score; ``wanted`` are the places of the right ones."""
        relevant = np.zeros(len(scores), bool)
        relevant[list(wanted)] = True
        _, group = np.unique(-scores, return_inverse=True)
        sizes = np.bincount(group)
        right = np.bincount(group, relevant).astype(np.int64)
        return cls(sizes, right, np.cumsum(sizes) - sizes)

    def reciprocal_rank(self) -> float:
        """Return the mean of 1 / (place of the first right one)."""
        first = int(np.flatnonzero(self.right)[0])
        size, right, start = (int(x[first]) for x in (self.sizes, self.right, self.starts))
        # of all ways to lay `right` among `size` places, comb(size - t, right - 1) begin at t
        ways = (comb(size - t, right - 1) / (start + t) for t in range(1, size - right + 2))
        return sum(ways) / comb(size, right)

    def average_precision(self) -> float:
        """Return the mean of the precision at the places of the right ones."""
        total = 0.0
        before = np.cumsum(self.right) - self.right
        for i in np.flatnonzero(self.right):
            size, right = int(self.sizes[i]), int(self.right[i])
            place = np.arange(1, size + 1)
            earlier_equals = (right - 1) * (place - 1) / max(1, size - 1)
            precision = (before[i] + 1 + earlier_equals) / (self.starts[i] + place)
            total += float(precision.sum()) * right / size
        return total / int(self.right.sum())

    def hit(self, depth: int) -> float:
        """Return the chance that a right one is among the first ``depth``."""
        whole = self.starts + self.sizes <= depth
        if self.right[whole].any():
            return 1.0
        cut = np.flatnonzero((self.starts < depth) & ~whole)
        if not len(cut):
            return 0.0
        size, right, start = (int(x[cut[0]]) for x in (self.sizes, self.right, self.starts))
        return 1 - comb(size - right, depth - start) / comb(size, depth - start)
