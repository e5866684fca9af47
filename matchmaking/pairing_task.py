"""What is left of a problem when pins are settled and hopeless minimums are lowered."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_tiles import AllowedValues
from matchmaking.scorers import IntArray


@dataclass(frozen=True)
class Task:
    """Values of the pairs that may be chosen, and how many more partners each person takes.

    Nobody's least is above the number of people they may meet. `settled` is what pins are worth.
    """

    allowed: AllowedValues
    left: Bounds
    right: Bounds
    settled: float = 0.0

    @classmethod
    def of(cls, problem: PairingProblem, pins: IntArray) -> "Task":
        """Count pins (k, 2), without doubles, as partners that everybody already has."""
        allowed = AllowedValues.of(problem)
        left, right = _less(problem.left, pins[:, 0]), _less(problem.right, pins[:, 1])
        for_left, for_right = open_partners(allowed.excluded, left.most > 0, right.most > 0)
        settled = float(allowed.of_pairs(pins[:, 0], pins[:, 1]).sum())
        return cls(allowed, _reachable(left, for_left), _reachable(right, for_right), settled)


def open_partners(
    excluded: PairSet, open_left: NDArray[np.bool_], open_right: NDArray[np.bool_]
) -> tuple[IntArray, IntArray]:
    """Count for everybody the open people of the other side who are not excluded."""
    rows, columns = excluded.within(0, excluded.height)
    lost_left = np.bincount(rows[open_right[columns]], minlength=len(open_left))
    lost_right = np.bincount(columns[open_left[rows]], minlength=len(open_right))
    return np.count_nonzero(open_right) - lost_left, np.count_nonzero(open_left) - lost_right


def _less(bounds: Bounds, partners: IntArray) -> Bounds:
    held = np.bincount(partners, minlength=len(bounds.least))
    return Bounds(np.maximum(bounds.least - held, 0), bounds.most - held)


def _reachable(bounds: Bounds, partners: IntArray) -> Bounds:
    return Bounds(np.minimum(bounds.least, partners), bounds.most)
