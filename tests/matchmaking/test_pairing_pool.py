import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_pool import Pool, among_best
from matchmaking.pairing_prices import Prices
from matchmaking.pairing_tiles import AllowedValues, Tile
from matchmaking.scorers import DenseScorer

SCORES = np.arange(12.0).reshape(3, 4)
ALLOWED = AllowedValues(DenseScorer(SCORES), 1.0, PairSet.of(np.zeros((0, 2), int), (3, 4)))


def pool_of(*pairs: tuple[int, int]) -> Pool:
    rows, columns = np.array(pairs).reshape(-1, 2).T
    return Pool.of(ALLOWED, rows, columns)


def listed(pool: Pool) -> list[tuple[int, int]]:
    return list(zip(pool.rows.tolist(), pool.columns.tolist(), strict=True))


def test_a_pool_is_sorted_without_doubles_and_knows_its_values() -> None:
    pool = pool_of((2, 1), (0, 3), (2, 1))
    assert listed(pool) == [(0, 3), (2, 1)]
    assert pool.values.tolist() == [2.0, 8.0]


def test_two_pools_join_in_order() -> None:
    joined = pool_of((2, 1), (0, 3)).with_others(pool_of((1, 1), (2, 0)))
    assert listed(joined) == [(0, 3), (1, 1), (2, 0), (2, 1)]
    assert joined.values.tolist() == [2.0, 4.0, 7.0, 8.0]


def test_a_tile_finds_its_pairs_counted_from_its_corner() -> None:
    rows, columns = pool_of((0, 3), (1, 1), (1, 3), (2, 2)).within(Tile(1, 3, 2, 4))
    assert (rows.tolist(), columns.tolist()) == ([0, 1], [1, 0])


def test_margins_are_values_less_both_prices() -> None:
    prices = Prices(np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 0.0, 0.5]))
    assert pool_of((0, 3), (1, 1)).margins(prices).tolist() == [0.5, 4.0]


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-1e3, 1e3)), max_size=40), st.integers(1, 4))
def test_among_best_keeps_the_few_highest_of_each(
    entries: list[tuple[int, float]], few: int
) -> None:
    keys = np.array([key for key, _ in entries], np.int64)
    margins = np.array([margin for _, margin in entries])
    kept = among_best(keys, margins, few)
    for key in set(keys.tolist()):
        own = keys == key
        assert kept[own].sum() == min(few, own.sum())
        if kept[own].any() and not kept[own].all():
            assert margins[own & kept].min() >= margins[own & ~kept].max() - 1e-8
