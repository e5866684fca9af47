import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking import pairing_tiles
from matchmaking.pairing_picks import Picker, Picks
from matchmaking.pairing_tiles import tiles


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing_tiles, "_ROWS", 8)
    monkeypatch.setattr(pairing_tiles, "_COLUMNS", 16)


def picked(margins: np.ndarray, few: tuple[int, int]) -> Picks:
    picker = Picker((margins.shape[0], margins.shape[1]), few)
    for tile in tiles((margins.shape[0], margins.shape[1])):
        picker.offer(tile, margins[tile.top : tile.bottom, tile.first : tile.last].copy())
    return picker.picks()


@given(n=st.integers(1, 30), m=st.integers(1, 30), few=st.integers(1, 5), seed=st.integers(0, 99))
def test_everybodys_few_best_are_picked(n: int, m: int, few: int, seed: int) -> None:
    margins = np.random.default_rng(seed).normal(size=(n, m)).astype(np.float32)
    picks = picked(margins, (few, few))
    pairs = set(zip(picks.rows.tolist(), picks.columns.tolist(), strict=True))
    assert len(pairs) == len(picks)
    assert (margins[picks.rows, picks.columns] == picks.margins).all()
    for row in range(n):
        assert pairs >= {(row, int(column)) for column in np.argsort(-margins[row])[:few]}
    for column in range(m):
        assert pairs >= {(int(row), column) for row in np.argsort(-margins[:, column])[:few]}


def test_not_many_more_are_picked() -> None:
    margins = np.random.default_rng(0).normal(size=(200, 200)).astype(np.float32)
    assert len(picked(margins, (5, 5))) < 2 * 200 * 2 * 5


def test_pairs_that_may_not_be_picked_are_not() -> None:
    margins = np.full((3, 3), -np.inf, np.float32)
    margins[1, 2] = -5
    picks = picked(margins, (4, 4))
    assert (picks.rows.tolist(), picks.columns.tolist()) == ([1], [2])


def test_nothing_offered_is_nothing_picked_and_that_is_complete() -> None:
    picks = Picker((0, 0), (1, 1)).picks()
    assert len(picks) == 0
    assert picks.complete


@given(positive=st.integers(0, 9), seed=st.integers(0, 99))
def test_complete_means_that_every_positive_pair_is_there(positive: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    margins = -rng.random((12, 12)).astype(np.float32)
    margins.reshape(-1)[rng.permutation(144)[:positive]] = 1
    picks = picked(margins, (3, 3))
    if picks.complete:
        assert np.count_nonzero(picks.margins > 0) == positive


def test_a_crowd_of_positive_pairs_is_not_complete() -> None:
    assert not picked(np.ones((9, 9), np.float32), (2, 2)).complete
