"""Prices of attention spread it: nobody on all lists, everybody on some, at little affinity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from matchmaking import attention
from matchmaking.attention import AttentionSettings, attention_prices
from matchmaking.errors import BadInput
from matchmaking.exposure import exposure, top_lists
from matchmaking.near_pairs import NearPairs, near_pairs
from matchmaking.scorers import DenseScorer

Scores = NDArray[np.float32]


def clustered(people: int, seed: int) -> Scores:
    """Make scores with hubs: some are near to everybody of their topic, some to nobody."""
    rng = np.random.default_rng(seed)
    topics = rng.normal(size=(8, 24))
    left, right = (
        topics[rng.choice(8, people, p=rng.dirichlet(np.ones(8)))] + rng.normal(size=(people, 24))
        for _ in range(2)
    )
    left, right = (side / np.linalg.norm(side, axis=1, keepdims=True) for side in (left, right))
    scores: Scores = ((left @ right.T + 1) / 2).astype(np.float32)
    return scores


def pairs_of(scores: Scores, depth: int = 50) -> NearPairs:
    return near_pairs(DenseScorer(scores), depth)


LISTS = AttentionSettings(length=5)


@pytest.mark.parametrize("seed", range(3))
def test_those_on_no_list_come_on_some_and_hubs_on_fewer(seed: int) -> None:
    pairs = pairs_of(clustered(120, seed))
    before = top_lists(pairs, 5)
    after = top_lists(pairs, 5, attention_prices(pairs, LISTS))

    assert exposure(before.counts).never > 5
    assert exposure(after.counts).never <= exposure(before.counts).never / 4
    assert exposure(after.counts).gini < exposure(before.counts).gini - 0.1
    assert after.affinity > before.affinity * 0.95


def test_where_attention_is_even_nothing_costs_anything() -> None:
    scores = np.eye(12, dtype=np.float32)
    prices = attention_prices(pairs_of(scores), AttentionSettings(length=1))
    assert not prices.any()


def test_whoever_is_wanted_by_all_has_a_price_and_whoever_by_none_a_rebate() -> None:
    rng = np.random.default_rng(1)
    scores = rng.uniform(0.4, 0.5, (30, 30)).astype(np.float32)
    scores[:, 0] += 0.1
    scores[:, 1] -= 0.1
    prices = attention_prices(pairs_of(scores), AttentionSettings(length=3))
    assert prices[0] > 0 > prices[1]
    assert prices[0] == prices.max()
    assert prices[1] == prices.min()


@pytest.mark.parametrize("seed", range(5))
def test_the_prices_solve_the_dual_of_the_best_even_reading(seed: int) -> None:
    readers, people, length = 12, 9, 3
    scores = np.random.default_rng(seed).random((readers, people), np.float32)
    given = AttentionSettings(length=length, least=0.8, most=1.2, limit=10, rounds=600)
    price = attention_prices(pairs_of(scores, people), given)

    even = readers * length / people
    low, high = np.floor(0.8 * even), np.ceil(1.2 * even)
    priced = np.sort(scores - price, axis=1)[:, -length:].sum()
    bound = priced + np.maximum(high * price, low * price).sum()
    optimum = best_reading(scores, length, low, high)
    assert optimum - 1e-6 <= bound <= optimum * 1.01


def best_reading(scores: Scores, length: int, low: float, high: float) -> float:
    """Solve the transport problem exactly: everybody reads so many, and is read by low to high."""
    readers, people = scores.shape
    rows = np.kron(np.eye(readers), np.ones(people))
    columns = np.kron(np.ones(readers), np.eye(people))
    solved = linprog(
        -scores.ravel().astype(np.float64),
        A_ub=np.vstack([columns, -columns]),
        b_ub=[high] * people + [-low] * people,
        A_eq=rows,
        b_eq=[length] * readers,
        bounds=(0, 1),
    )
    return -float(solved.fun)


def test_no_price_is_beyond_the_limit() -> None:
    prices = attention_prices(pairs_of(clustered(60, 0)), AttentionSettings(length=5, limit=0.02))
    assert np.abs(prices).max() == pytest.approx(0.02)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.permutations(range(20)))
def test_permuting_people_permutes_prices(seed: int, order: list[int]) -> None:
    scores = np.random.default_rng(seed).random((15, 20), np.float32)
    plain = attention_prices(pairs_of(scores), LISTS)
    moved = attention_prices(pairs_of(scores[:, order]), LISTS)
    assert moved == pytest.approx(plain[order])


def test_the_same_people_give_the_same_prices() -> None:
    pairs = pairs_of(clustered(60, 2))
    assert (attention_prices(pairs, LISTS) == attention_prices(pairs, LISTS)).all()


def test_somebody_near_to_very_many_makes_no_row_longer_than_the_width(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scores = clustered(60, 3)
    scores[0] += 1
    whole = attention_prices(pairs_of(scores, 20), LISTS)
    monkeypatch.setattr(attention, "WIDTH", 30)
    cut = attention_prices(pairs_of(scores, 20), LISTS)
    before = exposure(top_lists(pairs_of(scores), 5).counts)
    for prices in (whole, cut):
        assert exposure(top_lists(pairs_of(scores), 5, prices).counts).gini < before.gini


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_without_readers_or_people_there_is_nothing_to_price(shape: tuple[int, int]) -> None:
    prices = attention_prices(pairs_of(np.zeros(shape, np.float32)), LISTS)
    assert prices.tolist() == [0] * shape[1]


def test_whoever_may_meet_nobody_has_the_rebate_and_disturbs_nothing() -> None:
    scores = clustered(20, 4)
    barred = np.array([[row, 0] for row in range(20)] + [[1, column] for column in range(20)])
    pairs = near_pairs(DenseScorer(scores), 20, barred)
    assert np.isfinite(attention_prices(pairs, LISTS)).all()


@pytest.mark.parametrize(
    "bad", [{"length": 0}, {"least": 1.5}, {"most": 0.5}, {"limit": -1}, {"rounds": 1}]
)
def test_settings_that_cannot_be_kept_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        AttentionSettings(**bad)  # type: ignore[arg-type]
