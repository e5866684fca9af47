"""What people can have for which sum of prices: against every bundle there is."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.fairness_best import Best
from matchmaking.fairness_budget import Budget, Buyers
from matchmaking.scorers import FloatArray, IntArray


def buyers_of(scores: FloatArray, most: IntArray, held: FloatArray | None = None) -> Buyers:
    order = np.argsort(-scores, axis=1, kind="stable")
    best = Best(np.take_along_axis(scores, order, axis=1), order)
    return Buyers(best, most, np.zeros(len(most)) if held is None else held)


def richest(scores: FloatArray, most: int, prices: IntArray, money: int) -> float:
    """Try every bundle of one person that the money buys."""
    bundles = (
        bundle for size in range(most + 1) for bundle in combinations(range(len(scores)), size)
    )
    return max(
        sum(float(scores[j]) for j in bundle)
        for bundle in bundles
        if sum(int(prices[j]) for j in bundle) <= money
    )


@settings(max_examples=80)
@given(seed=st.integers(0, 2**32 - 1), people=st.integers(1, 4), others=st.integers(1, 6))
def test_every_sum_of_prices_buys_what_the_best_bundle_gives(
    seed: int, people: int, others: int
) -> None:
    rng = np.random.default_rng(seed)
    scores, most = rng.random((people, others)), rng.integers(1, 4, people)
    prices = rng.integers(0, 4, others)
    welfare = Budget(buyers_of(scores, most), prices).welfare
    for i in range(people):
        for money in range(welfare.shape[1]):
            best = richest(scores[i], int(most[i]), prices, money)
            assert welfare[i, money] == pytest.approx(best)


def test_what_all_can_afford_together_is_the_largest_common_welfare() -> None:
    scores = np.array([[1.0, 0.4], [1.0, 0.3]])
    budget = Budget(buyers_of(scores, np.array([1, 1])), np.array([1, 0]))
    assert budget.affordable(purse=2) == (1.0, None)
    assert budget.affordable(purse=1) == pytest.approx((0.4, 1.0))
    assert budget.affordable(purse=0) == pytest.approx((0.3, 0.4))


def test_demand_counts_who_buys_whom_to_have_a_welfare() -> None:
    scores = np.array([[1.0, 0.4], [1.0, 0.3], [0.2, 0.9]])
    budget = Budget(buyers_of(scores, np.array([1, 1, 1])), np.array([1, 0]))
    assert budget.demand(0.9)[0] == 2


def test_what_people_hold_already_counts() -> None:
    held = np.array([0.5])
    budget = Budget(buyers_of(np.array([[0.2, 0.1]]), np.array([1]), held), np.array([1, 0]))
    assert budget.welfare.tolist() == [pytest.approx([0.6, 0.7])]
