"""Small pairing problems drawn at random, and their answers by other means."""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, milp

from matchmaking.pairing import Bounds, PairingProblem, PairingResult
from matchmaking.pairing_optimum import Settings
from matchmaking.pairing_solve import solve_pairing
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import DenseScorer, FloatArray, IntArray

EVERY_PAIR = Settings(whole=10**9)
BY_PRICES = Settings(whole=0)
BY_PRICES_WITHOUT_MEMORY = Settings(whole=0, budget=0)
BY_PRICES_OF_A_SAMPLE = Settings(whole=0, sample=3)


@dataclass(frozen=True)
class Answer:
    """The fewest missing partners, and the largest total with so few."""

    missing: int
    total: float


def problem_of(scores: FloatArray, left: Bounds, right: Bounds, **rest: object) -> PairingProblem:
    return PairingProblem(DenseScorer(scores), left, right, **rest)  # type: ignore[arg-type] # as given


def solved(
    problem: PairingProblem, settings: Settings = EVERY_PAIR, seed: int = 0
) -> PairingResult:
    return solve_pairing(problem, Watch(), seed, settings)


def missing(result: PairingResult) -> int:
    return sum(unmet.missing for unmet in result.unmet)


def matrix(problem: PairingProblem) -> FloatArray:
    n, m = problem.shape
    return problem.scorer.score(np.arange(n), np.arange(m))


@st.composite
def problems(draw: st.DrawFn, largest: int = 8) -> PairingProblem:
    """Draw any problem: ties, negative scores, pins, exclusions, minimums that cannot be met."""
    n, m = draw(st.integers(0, largest)), draw(st.integers(0, largest))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scores = _scores(rng, draw(st.sampled_from(["any", "ties", "tiny", "popular"])), (n, m))
    kinds = rng.random((n, m))
    pinned = np.argwhere(kinds < draw(st.sampled_from([0.0, 0.05])))
    forbidden = np.argwhere(kinds > draw(st.sampled_from([1.0, 0.8, 0.4])))
    ends = rng.integers(0, draw(st.integers(1, 4)), n), rng.integers(0, draw(st.integers(1, 4)), m)
    most = (
        np.maximum(ends[0] + rng.integers(0, 3, n), np.bincount(pinned[:, 0], minlength=n)),
        np.maximum(ends[1] + rng.integers(0, 3, m), np.bincount(pinned[:, 1], minlength=m)),
    )
    sealed = rng.random(len(forbidden)) < 0.3
    return problem_of(
        scores,
        Bounds(ends[0], most[0]),
        Bounds(ends[1], most[1]),
        forbidden=forbidden[~sealed],
        sealed=forbidden[sealed],
        pinned=pinned,
        worth=draw(st.sampled_from([0.0, 0.4])),
    )


def _scores(rng: np.random.Generator, kind: str, shape: tuple[int, int]) -> FloatArray:
    if kind == "ties":
        return rng.integers(-2, 3, shape).astype(np.float64)
    if kind == "tiny":
        return 1e-4 * rng.random(shape)
    if kind == "popular":
        return np.tile(rng.random(shape[1]), (shape[0], 1))
    return rng.normal(size=shape)


def answer_by_highs(problem: PairingProblem) -> Answer:
    """Solve with scipy's HiGHS: first for the fewest missing partners, then for the total."""
    n, m = problem.shape
    if n * m == 0:
        return Answer(int(problem.left.least.sum() + problem.right.least.sum()), 0.0)
    degrees = degree_rows(n, m)
    short = np.eye(n + m)
    least = np.concatenate((problem.left.least, problem.right.least))
    most = np.concatenate((problem.left.most, problem.right.most))
    rules = [
        LinearConstraint(np.hstack((degrees, short)), least, np.inf),
        LinearConstraint(np.hstack((degrees, 0 * short)), -np.inf, most),
    ]
    box = Box(
        np.concatenate((_marked(problem.pinned, n, m), np.zeros(n + m))),
        np.concatenate((1 - _marked(_excluded(problem), n, m), np.full(n + m, np.inf))),
    )
    count = np.concatenate((np.zeros(n * m), np.ones(n + m)))
    fewest = round(milp(count, constraints=rules, bounds=box, integrality=1 + 0 * count).fun)
    rules.append(LinearConstraint(count, -np.inf, fewest))
    values = (matrix(problem) - problem.worth).ravel()
    best = milp(
        np.concatenate((-values, np.zeros(n + m))),
        constraints=rules,
        bounds=box,
        integrality=1 + 0 * count,
        options={"mip_rel_gap": 0.0},
    )
    return Answer(fewest, -best.fun)


def answer_by_trying(problem: PairingProblem) -> Answer:
    """Try every set of pairs."""
    n, m = problem.shape
    free = np.argwhere((_marked(_excluded(problem), n, m) == 0).reshape(n, m))
    values = (matrix(problem) - problem.worth)[free[:, 0], free[:, 1]]
    sets = (np.arange(2 ** len(free))[:, None] >> np.arange(len(free))) & 1
    pins = _marked(problem.pinned, n, m).reshape(n, m)[free[:, 0], free[:, 1]] > 0
    sets = sets[sets[:, pins].all(axis=1)]
    left = sets @ (free[:, 0][:, None] == np.arange(n)).astype(int)
    right = sets @ (free[:, 1][:, None] == np.arange(m)).astype(int)
    fits = (left <= problem.left.most).all(axis=1) & (right <= problem.right.most).all(axis=1)
    short = np.maximum(problem.left.least - left, 0).sum(axis=1)
    short += np.maximum(problem.right.least - right, 0).sum(axis=1)
    fewest = int(short[fits].min())
    return Answer(fewest, float((sets @ values)[fits & (short == fewest)].max()))


def degree_rows(n: int, m: int) -> NDArray[np.float64]:
    """Make rows that count everybody's partners over the n x m pairs."""
    pairs = np.arange(n * m)
    left = pairs // max(1, m) == np.arange(n)[:, None]
    right = pairs % max(1, m) == np.arange(m)[:, None]
    return np.concatenate((left, right)).astype(np.float64)


def marked_pairs(problem: PairingProblem) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mark, over the n x m pairs, those that may be made and those that must be."""
    n, m = problem.shape
    return 1 - _marked(_excluded(problem), n, m), _marked(problem.pinned, n, m)


def _excluded(problem: PairingProblem) -> IntArray:
    return np.concatenate((problem.forbidden, problem.sealed))


def _marked(pairs: IntArray, n: int, m: int) -> NDArray[np.float64]:
    marks = np.zeros((n, m))
    marks[pairs[:, 0], pairs[:, 1]] = 1
    return marks.ravel()


def as_met(problem: PairingProblem, result: PairingResult) -> PairingProblem:
    """Return the problem with the bounds that are met: what the certificate is about."""
    return replace(problem, left=result.effective_left, right=result.effective_right)
