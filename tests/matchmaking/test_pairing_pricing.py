import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.errors import Cancelled
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_pool import Pool
from matchmaking.pairing_prices import Prices
from matchmaking.pairing_pricing import Few, Looker, exact_look
from matchmaking.pairing_result import Progress
from matchmaking.pairing_tiles import AllowedValues
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import DenseScorer, FloatArray

SHAPE = (12, 15)
FEW = Few(2, 2)


def scene(seed: int) -> tuple[AllowedValues, Prices, Pool, FloatArray]:
    """Random values, prices and a pool, and the true margins outside of it."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=SHAPE)
    excluded = np.argwhere(rng.random(SHAPE) < 0.1)
    allowed = AllowedValues(DenseScorer(scores), 0.0, PairSet.of(excluded, SHAPE))
    prices = Prices(rng.normal(1, 1, SHAPE[0]), rng.normal(1, 1, SHAPE[1]))
    rows, columns = np.nonzero(rng.random(SHAPE) < 0.2)
    pool = Pool.of(allowed, rows, columns)
    margins = scores - prices.left[:, None] - prices.right
    margins[tuple(excluded.T)] = -np.inf
    margins[rows, columns] = -np.inf
    return allowed, prices, pool, margins


@settings(max_examples=50)
@given(seed=st.integers(0, 10**6))
def test_a_look_finds_whatever_is_worth_more_than_its_prices(seed: int) -> None:
    allowed, prices, pool, margins = scene(seed)
    looker = Looker(allowed, 10**6, seed)
    for _ in range(2):
        picks = looker.look(prices, pool, FEW, Watch())
        found = set(zip(picks.rows.tolist(), picks.columns.tolist(), strict=True))
        assert (margins[picks.rows, picks.columns] > -np.inf).all()
        for row in range(SHAPE[0]):
            if margins[row].max() > 1e-3:
                assert (row, int(margins[row].argmax())) in found
        if picks.complete:
            assert found >= {(int(row), int(column)) for row, column in np.argwhere(margins > 0)}


@settings(max_examples=50)
@given(seed=st.integers(0, 10**6))
def test_an_exact_look_adds_up_what_is_above_zero(seed: int) -> None:
    allowed, prices, pool, margins = scene(seed)
    rest, picks = exact_look(allowed, prices, pool, FEW, 0.5, Watch())
    assert rest == pytest.approx(margins[margins > 0].sum())
    assert (margins[picks.rows, picks.columns] > 0.5).all()
    assert (len(picks) > 0) == bool((margins > 0.5).any())


def test_a_look_can_be_watched_and_stopped() -> None:
    allowed, prices, pool, _ = scene(0)
    heard: list[Progress] = []
    Looker(allowed, 0, 0).look(prices, pool, FEW, Watch(heard.append))
    assert heard == [Progress("scores", 0, 1)]
    stopped = Watch(cancelled=lambda: True)
    with pytest.raises(Cancelled, match="scores"):
        Looker(allowed, 0, 0).look(prices, pool, FEW, stopped)
    with pytest.raises(Cancelled, match="prices"):
        exact_look(allowed, prices, pool, FEW, 0.0, stopped)
