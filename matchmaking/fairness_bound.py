"""A certified bound on the total under a floor, and the weights that make it a good one.

Lagrange's: whoever must have a total of at least the floor F earns a weight >= 0 on their total.
Then total <= total + sum of weight x (their total - F), and the right-hand side less its constants
is again a plain pairing, of scores times (1 + both weights), which prices certify over all pairs.
The best weights are the multipliers of the linear relaxation over the pairs that matter.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from matchmaking.fairness_market import Crowd, Flags, Market
from matchmaking.fairness_result import FloorCertificate
from matchmaking.pairing_certificate import certified_bound
from matchmaking.pairing_optimum import Settings
from matchmaking.pairing_problem import PairingProblem
from matchmaking.pairing_result import PairingResult
from matchmaking.pairing_solve import solve_pairing
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import BlockScorer, FloatArray, IntArray

# Only people whose total is near the floor are held by it. A relaxation of more pairs than this,
# which some 2,500 people a side have, would run for long without a word: then there are no weights.
_NEAR = 0.3
_LARGEST = 60_000


@dataclass(frozen=True)
class Weights:
    """What a unit of each person's total earns beside its affinity: left (n,), right (m,)."""

    left: FloatArray
    right: FloatArray

    @property
    def size(self) -> float:
        """The sum of all weights."""
        return float(self.left.sum() + self.right.sum())

    def added_to(self, problem: PairingProblem) -> PairingProblem:
        """Return the problem in which a pair's score counts for both people's totals as well."""
        return replace(problem, scorer=_Weighted(problem.scorer, self))


@dataclass(frozen=True)
class _Weighted:
    scorer: BlockScorer
    weights: Weights

    @property
    def shape(self) -> tuple[int, int]:
        return self.scorer.shape

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        left, right = self.weights.left[rows], self.weights.right[columns]
        return self.scorer.score(rows, columns) * (1.0 + left[:, None] + right)


def certified_floor_bound(problem: PairingProblem, certificate: FloorCertificate) -> float:
    """Return a number that the total of no pairing with everybody above the floor exceeds.

    That is `certified_bound` of the problem with scores times (1 + both people's weights), less
    floor x the sum of weights. Anybody can recompute it: it takes one look at every pair, and
    holds for any prices, any weights >= 0 of people who must have the floor.

    Parameters
    ----------
    problem
        With the effective bounds of the result.
    certificate
        Prices, weights and floor.
    """
    weights = Weights(certificate.left_weight, certificate.right_weight)
    prices = certificate.left_price, certificate.right_price
    return certified_bound(weights.added_to(problem), *prices) - certificate.floor * weights.size


def floor_certificate(
    kept: PairingProblem,
    plain: PairingResult,
    weights: Weights,
    floor: float,
    total: float,
    watch: Watch,
) -> FloorCertificate:
    """Find the prices that go with weights, and how far the total is from their bound.

    Parameters
    ----------
    kept
        The problem with the effective bounds.
    plain
        Its optimum: a bound as well, and the better one where the floor costs nothing.
    weights, floor
        What the totals of people earn, and what they must have at least.
    total
        Of the pairing that is to be judged.
    """
    u, v = plain.certificate.left_price, plain.certificate.right_price
    bound = plain.certificate.bound
    if weights.size:
        silent = Watch(cancelled=watch.cancelled)
        best = solve_pairing(weights.added_to(kept), silent, 0, Settings()).certificate
        lower = best.bound - floor * weights.size
        if lower < bound:
            u, v, bound = best.left_price, best.right_price, lower
        else:
            weights = Weights(np.zeros_like(weights.left), np.zeros_like(weights.right))
    bound = max(bound, total)
    gap = (bound - total) / max(1.0, abs(bound))
    return FloorCertificate(floor, weights.left, weights.right, u, v, bound, gap)


def floor_weights(market: Market, floor: float, chosen: Flags) -> Weights:
    """Return the multipliers of the floor in the linear relaxation; zeros if it is too large.

    Parameters
    ----------
    market
        Pairs and people.
    floor
        What everybody who is counted must have.
    chosen
        A pairing that has it: who is far above the floor there is left out.
    """
    weights = Weights(np.zeros(len(market.left.most)), np.zeros(len(market.right.most)))
    if not 0 < len(market.pool) <= _LARGEST:
        return weights
    left, right = (
        _Floors.of(crowd, people, have, floor, market.scores)
        for crowd, people, have in zip(
            (market.left, market.right),
            (market.pool.rows, market.pool.columns),
            market.welfare(chosen),
            strict=True,
        )
    )
    multipliers = _relaxed(market, left, right)
    weights.left[left.people] = multipliers[: len(left.people)]
    weights.right[right.people] = multipliers[len(left.people) :]
    return weights


@dataclass(frozen=True)
class _Floors:
    """The people of one side whom the floor may hold: rows of scores (k, pairs), their needs."""

    people: IntArray
    rows: csr_array
    needs: FloatArray

    @classmethod
    def of(
        cls, crowd: Crowd, people: IntArray, have: FloatArray, floor: float, scores: FloatArray
    ) -> "_Floors":
        tight = np.flatnonzero(crowd.counted & (have <= floor + _NEAR * abs(floor)))
        rows = _incidence(people, scores, len(have))[tight]
        return cls(tight, rows, floor - crowd.held[tight])


def _relaxed(market: Market, left: _Floors, right: _Floors) -> FloatArray:
    """Return the multipliers of the floors in the relaxation; zeros where it has no answer."""
    pool, one = market.pool, np.ones(len(market.pool))
    degrees = [
        _incidence(pool.rows, one, len(market.left.most)),
        _incidence(pool.columns, one, len(market.right.most)),
    ]
    limits = [
        limit for crowd in (market.left, market.right) for limit in (crowd.most, -crowd.least)
    ]
    rows = [degrees[0], -degrees[0], degrees[1], -degrees[1], -left.rows, -right.rows]
    answer = linprog(
        -pool.values,
        A_ub=vstack(rows, format="csr"),
        b_ub=np.concatenate([*limits, -left.needs, -right.needs]),
        bounds=(0, 1),
        method="highs-ipm",
    )
    held = len(left.people) + len(right.people)
    if answer.status != 0 or held == 0:
        return np.zeros(held)
    multipliers: FloatArray = np.maximum(-answer.ineqlin.marginals[-held:], 0.0)
    return multipliers


def _incidence(people: IntArray, values: FloatArray, width: int) -> csr_array:
    return csr_array((values, (people, np.arange(len(people)))), shape=(width, len(people)))
