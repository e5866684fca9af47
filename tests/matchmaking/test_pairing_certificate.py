from dataclasses import replace

import numpy as np
import pytest

from matchmaking.errors import BadInput
from matchmaking.pairing import Bounds, certified_bound, pair
from matchmaking.scorers import VectorScorer
from tests.matchmaking.pairing_instances import problem_of


def test_the_bound_is_the_published_formula() -> None:
    scores = np.array([[3.0, 1.0], [2.0, 5.0]])
    problem = problem_of(
        scores, Bounds.same(2, 1, 2), Bounds.same(2, 0, 1), forbidden=np.array([[0, 1]]), worth=0.5
    )
    u, v = np.array([1.0, -2.0]), np.array([0.5, 3.0])
    people = 2 * 1.0 + 1 * -2.0 + 1 * 0.5 + 1 * 3.0
    pairs = (2.5 - 1.5) + (1.5 + 1.5) + (4.5 - 1.0)
    assert certified_bound(problem, u, v) == pytest.approx(people + pairs)


def test_a_pinned_pair_counts_even_where_it_costs() -> None:
    problem = problem_of(
        np.array([[-4.0]]), Bounds.same(1, 0, 1), Bounds.same(1, 0, 1), pinned=np.array([[0, 0]])
    )
    assert certified_bound(problem, np.zeros(1), np.zeros(1)) == -4.0


@pytest.mark.parametrize(
    ("u", "v"), [([0.0], [0.0, 0.0]), ([0.0, np.nan], [0.0, 0.0]), ([0.0, 0.0], [np.inf, 0.0])]
)
def test_prices_are_finite_and_one_for_each_person(u: list[float], v: list[float]) -> None:
    problem = problem_of(np.zeros((2, 2)), Bounds.same(2, 0, 1), Bounds.same(2, 0, 1))
    with pytest.raises(BadInput, match="prices"):
        certified_bound(problem, np.array(u), np.array(v))


def test_the_checker_agrees_with_double_precision_for_vectors() -> None:
    rng = np.random.default_rng(0)
    left, right = (rng.normal(size=(n, 32)).astype(np.float32) / 6 for n in (300, 400))
    problem = replace(
        problem_of(np.zeros((300, 400)), Bounds.same(300, 2, 4), Bounds.same(400, 1, 4)),
        scorer=VectorScorer(left, right),
    )
    result = pair(problem)
    u, v = result.certificate.left_price, result.certificate.right_price
    scores = left.astype(np.float64) @ right.T.astype(np.float64)
    expected = (
        np.maximum(2 * u, 4 * u).sum()
        + np.maximum(1 * v, 4 * v).sum()
        + np.maximum(0, scores - u[:, None] - v).sum()
    )
    assert certified_bound(problem, u, v) == pytest.approx(expected, rel=1e-7)
    assert result.certificate.bound == pytest.approx(expected, rel=1e-7)
