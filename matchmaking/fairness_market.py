"""What the search for a fair pairing works on: the pairs worth a thought, and who is to be raised.

Pins are settled: they are counted as partners and as welfare that people already have.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_pool import Pool
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_result import PairingResult
from matchmaking.pairing_tiles import AllowedValues
from matchmaking.scorers import FloatArray, IntArray

FairSide = Literal["left", "right", "both"]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Crowd:
    """One side's people.

    Attributes
    ----------
    least, most
        (n,) how many more partners each takes.
    held
        (n,) the welfare that pins give already.
    counted
        (n,) whose welfare the floor is about.
    """

    least: IntArray
    most: IntArray
    held: FloatArray
    counted: Flags

    @property
    def widest(self) -> int:
        """The largest number of partners that anybody takes."""
        return int(self.most.max(initial=0))


@dataclass(frozen=True)
class Market:
    """Pairs that may be chosen (`pool`), their scores, and both crowds."""

    pool: Pool
    scores: FloatArray
    left: Crowd
    right: Crowd

    def welfare(self, chosen: Flags) -> tuple[FloatArray, FloatArray]:
        """Return everybody's sum of scores, left and right."""
        scores = self.scores[chosen]
        rows, columns = self.pool.rows[chosen], self.pool.columns[chosen]
        return (
            self.left.held + np.bincount(rows, weights=scores, minlength=len(self.left.held)),
            self.right.held + np.bincount(columns, weights=scores, minlength=len(self.right.held)),
        )

    def worst(self, chosen: Flags) -> float:
        """Return the smallest welfare of those who are counted; inf when there is no one."""
        left, right = self.welfare(chosen)
        lowest = left[self.left.counted].min(initial=np.inf)
        return float(min(lowest, right[self.right.counted].min(initial=np.inf)))

    def total(self, chosen: Flags) -> float:
        """Return the sum of values of the chosen pairs, pins not among them."""
        return float(self.pool.values[chosen].sum())


@dataclass(frozen=True)
class Terms:
    """A problem with its pins taken out, and what the plain optimum made of it."""

    allowed: AllowedValues
    left: Crowd
    right: Crowd
    plain: Pool
    pins: Pool

    @classmethod
    def of(cls, problem: PairingProblem, plain: PairingResult, side: FairSide) -> "Terms":
        """Take the bounds that the plain optimum meets: who is short there stays as short."""
        allowed = AllowedValues.of(problem)
        pinned = PairSet.of(problem.pinned, problem.shape)
        pins = Pool.of(allowed, *pinned.pairs().T)
        pin_scores = pins.values + problem.worth
        bounds = plain.effective_left, plain.effective_right
        asked = problem.left, problem.right
        crowds = [
            _crowd(bounds[k], asked[k], people, pin_scores, side in (name, "both"))
            for k, (name, people) in enumerate((("left", pins.rows), ("right", pins.columns)))
        ]
        free = ~pinned.holds(plain.pairs)
        chosen = plain.pairs[free]
        pool = Pool(chosen[:, 0], chosen[:, 1], plain.scores[free] - problem.worth)
        return cls(allowed, crowds[0], crowds[1], pool, pins)


def _crowd(
    bounds: Bounds, asked: Bounds, people: IntArray, scores: FloatArray, fair: bool
) -> Crowd:
    width = len(bounds.most)
    partners = np.bincount(people, minlength=width)
    held = np.bincount(people, weights=scores, minlength=width).astype(np.float64)
    met = bounds.least == asked.least
    return Crowd(
        np.maximum(bounds.least - partners, 0).astype(np.int64),
        (bounds.most - partners).astype(np.int64),
        held,
        (bounds.most > partners) & met & fair,
    )
