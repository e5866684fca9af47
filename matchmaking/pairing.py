"""Who meets whom: the pairing of largest total value, with a proof. The room's public door."""

from collections.abc import Callable

import numpy as np

from matchmaking.pairing_certificate import certified_bound, people_bound
from matchmaking.pairing_infeasible import explain_unmet
from matchmaking.pairing_optimum import Optimum, find_optimum
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_pool import Pool
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
    """Choose the pairs of the largest total value, and prove it.

    First, as few partners as possible are missing from everybody's least, all people counted
    together; among the choices that leave so few missing, the total of score - worth is the
    largest. Who is short is a result (`unmet`), not an error; their `least` is lowered in the
    effective bounds, and the certificate is for these.

    Parameters
    ----------
    problem
        Scores, bounds, exclusions, pins.
    seed
        For the random pairs that the search begins with: the same seed gives the same answer, any
        seed the same total.
    progress
        Told at every step; see `Progress`.
    cancelled
        Asked at every step.

    Returns
    -------
    PairingResult
        Optimal within certificate.gap, which rounding alone makes larger than 0: scores enter the
        flow with 30 bits of the largest, more where that is too few (`pairing_scale`).

    Raises
    ------
    BadInput
        When a score is not a finite number.
    Cancelled
        When `cancelled` says so.

    Notes
    -----
    Memory is O((n + m) x partners) and 2 bytes a pair up to a fixed budget. Time is one pass over
    the scorer, and a few min-cost flows over some twenty pairs for each person.

    Examples
    --------
    >>> import numpy as np
    >>> from matchmaking.scorers import DenseScorer
    >>> scores = DenseScorer(np.array([[0.9, 0.8], [0.7, 0.1]]))
    >>> one_each = Bounds.same(2, least=1, most=1)
    >>> pair(PairingProblem(scores, one_each, one_each)).pairs.tolist()
    [[0, 1], [1, 0]]
    """
    watch = Watch(progress, cancelled)
    pins = PairSet.of(problem.pinned, problem.shape).pairs()
    task = Task.of(problem, pins)
    optimum = find_optimum(task, watch, seed)
    pinned = Pool.of(task.allowed, pins[:, 0], pins[:, 1])
    chosen = pinned.with_others(optimum.pairs)
    pairs = np.column_stack((chosen.rows, chosen.columns))
    left, right = _effective(problem.left, chosen.rows), _effective(problem.right, chosen.columns)
    total = float(chosen.values.sum())
    scores = chosen.values + problem.worth
    return PairingResult(
        pairs=pairs,
        scores=scores,
        total=total,
        certificate=_certificate(optimum, pinned, left, right, total),
        unmet=explain_unmet(problem, pairs, watch),
        worst_left=_worst(chosen.rows, scores, problem.left),
        worst_right=_worst(chosen.columns, scores, problem.right),
        effective_left=left,
        effective_right=right,
    )


def _certificate(
    optimum: Optimum, pinned: Pool, left: Bounds, right: Bounds, total: float
) -> Certificate:
    u, v = optimum.prices.left, optimum.prices.right
    bound = people_bound(left, u) + people_bound(right, v) + optimum.rest
    bound += float(pinned.margins(optimum.prices).sum())
    # a bound below the total would be a rounding of the last bit
    bound = max(bound, total)
    return Certificate(u, v, bound, (bound - total) / max(1.0, abs(bound)))


def _effective(bounds: Bounds, people: IntArray) -> Bounds:
    degree = np.bincount(people, minlength=len(bounds.least))
    return Bounds(np.minimum(bounds.least, degree), bounds.most)


def _worst(people: IntArray, scores: FloatArray, bounds: Bounds) -> float:
    totals = np.bincount(people, weights=scores, minlength=len(bounds.most))
    return float(totals[bounds.most > 0].min()) if (bounds.most > 0).any() else 0.0
