"""From a problem to its result: pins taken out, the optimum found, the shortfall explained."""

import numpy as np

from matchmaking.pairing_certificate import people_bound
from matchmaking.pairing_infeasible import explain_unmet
from matchmaking.pairing_optimum import Optimum, Settings, find_optimum
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_pool import Pool
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_result import Certificate, PairingResult
from matchmaking.pairing_task import Task
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import FloatArray, IntArray


def solve_pairing(
    problem: PairingProblem, watch: Watch, seed: int, settings: Settings
) -> PairingResult:
    """Do what `matchmaking.pairing.pair` promises, in the way that the settings say."""
    pins = PairSet.of(problem.pinned, problem.shape).pairs()
    task = Task.of(problem, pins)
    optimum = find_optimum(task, watch, seed, settings)
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
        worst_left=worst_of(chosen.rows, scores, problem.left),
        worst_right=worst_of(chosen.columns, scores, problem.right),
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


def worst_of(people: IntArray, scores: FloatArray, bounds: Bounds) -> float:
    """Return the smallest total of a person with most > 0; 0 when there is no one."""
    totals = np.bincount(people, weights=scores, minlength=len(bounds.most))
    return float(totals[bounds.most > 0].min()) if (bounds.most > 0).any() else 0.0
