"""Who meets whom: the pairing of largest total value, with a proof. The room's public door."""

from collections.abc import Callable

import numpy as np

from matchmaking.pairing_certificate import certified_bound, people_bound
from matchmaking.pairing_optimum import Optimum, find_optimum
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_result import (
    Certificate,
    Lift,
    PairingResult,
    Progress,
    Raise,
    SmallestChange,
    Unmet,
)
from matchmaking.pairing_task import Task
from matchmaking.pairing_tiles import AllowedValues
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import FloatArray, IntArray

__all__ = [
    "Bounds",
    "Certificate",
    "Lift",
    "PairingProblem",
    "PairingResult",
    "Progress",
    "Raise",
    "SmallestChange",
    "Unmet",
    "certified_bound",
    "pair",
]


def pair(
    problem: PairingProblem,
    *,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PairingResult:
    """Return the pairing with the least shortfall and, among those, the largest total value."""
    watch = Watch(progress, cancelled)
    pins = PairSet.of(problem.pinned, problem.shape).pairs()
    task = Task.of(problem, pins)
    optimum = find_optimum(task, watch, seed)
    return _result(problem, task.allowed, pins, optimum)


def _result(
    problem: PairingProblem, allowed: AllowedValues, pins: IntArray, optimum: Optimum
) -> PairingResult:
    pairs = np.concatenate((pins, np.column_stack((optimum.pairs.rows, optimum.pairs.columns))))
    values = np.concatenate((allowed.of_pairs(pins[:, 0], pins[:, 1]), optimum.pairs.values))
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, values = pairs[order].astype(np.int32), values[order]
    total = float(values.sum())
    left = _effective(problem.left, pairs[:, 0])
    right = _effective(problem.right, pairs[:, 1])
    u, v = optimum.prices.left, optimum.prices.right
    bound = people_bound(left, u) + people_bound(right, v) + optimum.rest
    if len(pins):
        pinned = allowed.of_pairs(pins[:, 0], pins[:, 1])
        bound += float((pinned - u[pins[:, 0]] - v[pins[:, 1]]).sum())
    scores = values + problem.worth
    return PairingResult(
        pairs=pairs,
        scores=scores,
        total=total,
        certificate=Certificate(u, v, bound, (bound - total) / max(1.0, abs(bound))),
        unmet=_unmet(problem, pairs),
        worst_left=_worst(pairs[:, 0], scores, problem.left),
        worst_right=_worst(pairs[:, 1], scores, problem.right),
        effective_left=left,
        effective_right=right,
    )


def _effective(bounds: Bounds, people: IntArray) -> Bounds:
    degree = np.bincount(people, minlength=len(bounds.least))
    return Bounds(np.minimum(bounds.least, degree), bounds.most)


def _worst(people: IntArray, scores: FloatArray, bounds: Bounds) -> float:
    totals = np.bincount(people, weights=scores, minlength=len(bounds.most))
    return float(totals[bounds.most > 0].min()) if (bounds.most > 0).any() else 0.0


def _unmet(problem: PairingProblem, pairs: IntArray) -> tuple[Unmet, ...]:
    found = []
    for side, bounds, column in (("left", problem.left, 0), ("right", problem.right, 1)):
        missing = bounds.least - np.bincount(pairs[:, column], minlength=len(bounds.least))
        found += [
            Unmet(side, int(index), int(missing[index]), "partners-full", None)
            for index in np.flatnonzero(missing > 0)
        ]
    return tuple(found)
