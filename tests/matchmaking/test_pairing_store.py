import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_prices import Prices
from matchmaking.pairing_store import ValueStore
from matchmaking.pairing_tiles import AllowedValues
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import DenseScorer, FloatArray, IntArray

NO_PAIR = np.zeros((0, 2), np.int32)


class Counting(DenseScorer):
    """A scorer that counts how often it is asked."""

    asked = 0

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        self.asked += 1
        return super().score(rows, columns)


def read(store: ValueStore, prices: Prices) -> FloatArray:
    ((_, margins),) = store.margins(prices, Watch())
    return margins.copy()


def store_of(scores: FloatArray, budget: int = 10**6, excluded: IntArray = NO_PAIR) -> ValueStore:
    allowed = AllowedValues(DenseScorer(scores), 0.0, PairSet.of(excluded, (20, 30)))
    return ValueStore(allowed, budget, seed=0)


@given(
    seed=st.integers(0, 999),
    size=st.sampled_from([1e-6, 1.0, 1e6]),
    shift=st.sampled_from([0.0, 10.0]),
    budget=st.sampled_from([0, 10**6]),
)
def test_no_positive_margin_is_missed_and_all_are_nearly_right(
    seed: int, size: float, shift: float, budget: int
) -> None:
    rng = np.random.default_rng(seed)
    scores = size * (shift + rng.normal(size=(20, 30)))
    prices = Prices(size * rng.normal(size=20), size * rng.normal(size=30))
    store = store_of(scores, budget)
    for _ in range(2):
        true = scores - prices.left[:, None] - prices.right
        margins = read(store, prices)
        assert (margins[true >= 0] > 0).all()
        assert np.abs(margins - true).max() <= size * (shift + 10) * 2e-4
    assert store.reach == pytest.approx(np.abs(scores).max())


def test_the_scorer_is_asked_once_for_what_fits_the_budget() -> None:
    scorer = Counting(np.random.default_rng(0).normal(size=(20, 30)))
    prices = Prices(np.zeros(20), np.zeros(30))
    for budget, asked in ((10**6, 1), (0, 3)):
        scorer.asked = 0
        store = ValueStore(AllowedValues(scorer, 0.0, PairSet.of(NO_PAIR, (20, 30))), budget, 0)
        for _ in range(3):
            read(store, prices)
        assert scorer.asked == asked


def test_a_few_extreme_scores_do_not_blur_the_others() -> None:
    scores = 1e-3 * np.random.default_rng(0).random((20, 30))
    scores[3, 4] = 1000
    store, prices = store_of(scores), Prices(np.zeros(20), np.zeros(30))
    read(store, prices)
    above = np.delete(read(store, prices) - scores, 3, axis=0)
    assert above.max() < 1e-6


def test_excluded_pairs_and_people_with_an_infinite_price_are_out() -> None:
    store = store_of(np.ones((20, 30)), excluded=np.array([[2, 3]]))
    left, right = np.zeros(20), np.zeros(30)
    left[5] = right[7] = np.inf
    for _ in range(2):
        margins = read(store, Prices(left, right))
        assert np.isneginf(margins[5]).all()
        assert np.isneginf(margins[:, 7]).all()
        assert np.isneginf(margins[2, 3])
        assert np.isfinite(margins).sum() == 19 * 29 - 1


def test_pairs_that_are_alike_are_told_apart() -> None:
    prices = Prices(np.zeros(20), np.zeros(30))
    for value in (0.0, 0.5, -3.0):
        assert len(np.unique(read(store_of(np.full((20, 30), value)), prices))) > 60
