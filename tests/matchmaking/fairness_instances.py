"""The best floor there is, and the best total above a floor, by a mixed-integer programme."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, milp

from matchmaking.fairness import FairResult, FairSide
from matchmaking.fairness_market import Market, Terms
from matchmaking.fairness_survey import survey
from matchmaking.pairing import Bounds, PairingProblem, pair
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import IntArray, VectorScorer
from tests.matchmaking.pairing_instances import degree_rows, marked_pairs, matrix

Flags = NDArray[np.bool_]


def market_of(problem: PairingProblem, side: FairSide) -> Market:
    """Survey a problem as the solver does."""
    plain = pair(problem)
    return survey(Terms.of(problem, plain, side), plain.certificate, Watch()).market


def counted_of(problem: PairingProblem, side: FairSide) -> Flags:
    """Mark who counts for the floor, left people first."""
    market = market_of(problem, side)
    return np.concatenate((market.left.counted, market.right.counted))


def best_floor(kept: PairingProblem, counted: Flags) -> float:
    """Return the largest floor under all who count, within bounds that are met."""
    n, m = kept.shape
    degrees = degree_rows(n, m)
    totals = degrees * matrix(kept).ravel()
    free, pins = marked_pairs(kept)
    one = np.ones((int(counted.sum()), 1))
    answer = milp(
        np.append(np.zeros(n * m), -1.0),
        constraints=[
            LinearConstraint(np.hstack((degrees, np.zeros((n + m, 1)))), *_ends(kept)),
            LinearConstraint(np.hstack((totals[counted], -one)), 0, np.inf),
        ],
        bounds=Box(np.append(pins, -1e4), np.append(free, 1e4)),
        integrality=np.append(np.ones(n * m), 0),
        options={"mip_rel_gap": 0.0},
    )
    return -float(answer.fun)


def best_total(kept: PairingProblem, counted: Flags, floor: float) -> float:
    """Return the largest total with nobody who counts below a floor."""
    n, m = kept.shape
    degrees = degree_rows(n, m)
    scores = matrix(kept).ravel()
    free, pins = marked_pairs(kept)
    answer = milp(
        kept.worth - scores,
        constraints=[
            LinearConstraint(degrees, *_ends(kept)),
            LinearConstraint((degrees * scores)[counted], floor - 1e-7, np.inf),
        ],
        bounds=Box(pins, free),
        integrality=np.ones(n * m),
        options={"mip_rel_gap": 0.0},
    )
    return -float(answer.fun)


def _ends(kept: PairingProblem) -> tuple[IntArray, IntArray]:
    least = np.concatenate((kept.left.least, kept.right.least))
    return least, np.concatenate((kept.left.most, kept.right.most))


def as_kept(problem: PairingProblem, result: FairResult) -> PairingProblem:
    """Return the problem with the bounds that are met."""
    return replace(problem, left=result.effective_left, right=result.effective_right)


def totals_of(problem: PairingProblem, result: FairResult) -> NDArray[np.float64]:
    """Return everybody's total of scores, left people first."""
    n, m = problem.shape
    left = np.bincount(result.pairs[:, 0], weights=result.scores, minlength=n)
    right = np.bincount(result.pairs[:, 1], weights=result.scores, minlength=m)
    return np.concatenate((left, right))


def forum(people: int = 60, seed: int = 4, most: int = 4) -> PairingProblem:
    """Draw people around topics that are popular on one side only."""
    rng = np.random.default_rng(seed)
    topics = rng.normal(size=(8, 16))
    left = topics[rng.integers(0, 8, people)] + 0.6 * rng.normal(size=(people, 16))
    right = topics[rng.integers(0, 4, people)] + 0.6 * rng.normal(size=(people, 16))
    left /= np.linalg.norm(left, axis=1, keepdims=True)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    bounds = Bounds.same(people, 2, most)
    forbidden = np.argwhere(rng.random((people, people)) < 0.03)
    return PairingProblem(VectorScorer(left, right), bounds, bounds, forbidden=forbidden)
