"""The search itself: that it ends, whatever the scores look like."""

from dataclasses import replace

import numpy as np
import pytest

from matchmaking.pairing import Bounds, PairingProblem, certified_bound
from matchmaking.pairing_optimum import Settings
from matchmaking.scorers import FloatArray, VectorScorer
from tests.matchmaking.pairing_instances import (
    BY_PRICES,
    BY_PRICES_WITHOUT_MEMORY,
    EVERY_PAIR,
    as_met,
    missing,
    problem_of,
    solved,
)

N = 120


def awkward(kind: str) -> FloatArray:
    rng = np.random.default_rng(0)
    scores = {
        "constant": np.full((N, N), 0.5),
        "zero": np.zeros((N, N)),
        "yes or no": rng.integers(0, 2, (N, N)).astype(np.float64),
        "mostly zero": (rng.random((N, N)) < 0.01).astype(np.float64),
        "popular": np.tile(rng.random(N), (N, 1)),
        "popular both ways": np.outer(rng.random(N), rng.random(N)),
        "one huge": np.where(np.eye(N) * (np.arange(N) == 7), 1e3, 1e-3 * rng.random((N, N))),
        "far from zero": 1e4 + rng.random((N, N)),
        "all below the floor": -1 - rng.random((N, N)),
    }
    return scores[kind]


@pytest.mark.parametrize(
    "kind",
    [
        "constant",
        "zero",
        "yes or no",
        "mostly zero",
        "popular",
        "popular both ways",
        "one huge",
        "far from zero",
        "all below the floor",
    ],
)
def test_awkward_scores_are_paired_as_well_by_prices_as_all_at_once(kind: str) -> None:
    problem = problem_of(awkward(kind), Bounds.same(N, 1, 3), Bounds.same(N, 0, 2))
    plain, priced = solved(problem, EVERY_PAIR), solved(problem, BY_PRICES)
    assert priced.total == pytest.approx(plain.total, rel=1e-9)
    assert priced.certificate.gap <= 1e-8


@pytest.mark.parametrize("settings", [BY_PRICES, BY_PRICES_WITHOUT_MEMORY])
@pytest.mark.parametrize(
    ("left", "right"),
    [((2, 5), (0, 1)), ((0, 1), (3, 3)), ((1, 1), (0, 40)), ((0, 60), (0, 60)), ((9, 9), (9, 9))],
)
def test_any_shape_of_demand_is_met_as_far_as_it_goes(
    left: tuple[int, int], right: tuple[int, int], settings: Settings
) -> None:
    scores = np.random.default_rng(1).normal(size=(N, 80))
    problem = problem_of(scores, Bounds.same(N, *left), Bounds.same(80, *right))
    plain, priced = solved(problem, EVERY_PAIR), solved(problem, settings)
    assert missing(priced) == missing(plain)
    assert priced.total == pytest.approx(plain.total)


@pytest.mark.parametrize("settings", [EVERY_PAIR, BY_PRICES])
def test_fewest_missing_partners_come_before_any_value(settings: Settings) -> None:
    """Everybody must give up a good partner for a bad one so that the last two are served."""
    people = 60
    scores, allowed = np.full((people, people), -1.0), np.zeros((people, people), bool)
    left = np.arange(people - 1)
    scores[left, left] = 1.0
    allowed[left, left] = allowed[left, left + 1] = allowed[people - 1, 0] = True
    one = Bounds.same(people, 1, 1)
    result = solved(problem_of(scores, one, one, forbidden=np.argwhere(~allowed)), settings)
    assert result.unmet == ()
    assert result.total == -people
    assert result.certificate.gap <= 1e-8


def clustered(n: int, m: int) -> PairingProblem:
    rng = np.random.default_rng(2)
    topics = rng.normal(size=(20, 64))
    sides = [
        topics[rng.choice(20, people, p=rng.dirichlet(np.ones(20)))]
        + 0.5 * rng.normal(size=(people, 64))
        for people in (n, m)
    ]
    sides = [side / np.linalg.norm(side, axis=1, keepdims=True) for side in sides]
    excluded = np.unique(rng.integers(0, n * m, n * m // 33))
    return replace(
        problem_of(np.zeros((n, m)), Bounds.same(n, 2, 5), Bounds.same(m, 2, 5)),
        scorer=VectorScorer(sides[0], sides[1]),
        forbidden=np.column_stack(np.divmod(excluded, m)),
    )


def assert_certified(problem: PairingProblem) -> None:
    result = solved(problem, Settings())
    certificate = result.certificate
    bound = certified_bound(
        as_met(problem, result), certificate.left_price, certificate.right_price
    )
    assert (bound - result.total) / bound <= 1e-6


def test_a_clustered_forum_is_certified_through_a_sample() -> None:
    assert_certified(clustered(1100, 900))


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(10_000, 10_000), (10_000, 6_000), (100_000, 1_000)])
def test_a_large_forum_is_certified(shape: tuple[int, int]) -> None:
    assert_certified(clustered(*shape))
