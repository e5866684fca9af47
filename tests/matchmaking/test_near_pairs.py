"""The best pairs of everybody, found in one pass: the same as by sorting everything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from matchmaking import near_pairs as near
from matchmaking.errors import BadInput
from matchmaking.near_pairs import NearPairs, near_pairs
from matchmaking.scorers import DenseScorer

shapes = st.tuples(st.integers(0, 9), st.integers(0, 9))


@st.composite
def instances(draw: st.DrawFn) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Draw scores that all differ, and some forbidden pairs."""
    rows, columns = draw(shapes)
    order = draw(st.permutations(range(rows * columns)))
    scores = np.array(order, np.float32).reshape(rows, columns) / 100
    barred = draw(arrays(np.bool_, (rows, columns)))
    return scores.astype(np.float32), np.argwhere(barred).astype(np.int64)


def expected(
    scores: NDArray[np.float32], barred: NDArray[np.int64], depth: int
) -> set[tuple[int, int]]:
    """Sort everybody's list, from either side."""
    allowed = scores.copy()
    allowed[barred[:, 0], barred[:, 1]] = -np.inf
    pairs = set()
    for row in range(scores.shape[0]):
        best = np.argsort(-allowed[row])[:depth]
        pairs |= {(row, int(one)) for one in best if np.isfinite(allowed[row, one])}
    for column in range(scores.shape[1]):
        best = np.argsort(-allowed[:, column])[:depth]
        pairs |= {(int(one), column) for one in best if np.isfinite(allowed[one, column])}
    return pairs


def as_set(found: NearPairs) -> set[tuple[int, int]]:
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


@given(instances(), st.integers(1, 4), st.integers(1, 5))
def test_it_finds_what_sorting_every_list_finds_however_it_is_cut_into_blocks(
    instance: tuple[NDArray[np.float32], NDArray[np.int64]], depth: int, rows: int
) -> None:
    scores, barred = instance
    before, near.ROWS = near.ROWS, rows
    try:
        found = near_pairs(DenseScorer(scores), depth, barred)
    finally:
        near.ROWS = before
    assert as_set(found) == expected(scores, barred, depth)
    assert len(found.left) == len(as_set(found))
    assert (found.score == scores[found.left, found.right]).all()


@given(instances(), st.integers(1, 4))
def test_exchanging_the_sides_exchanges_the_answer(
    instance: tuple[NDArray[np.float32], NDArray[np.int64]], depth: int
) -> None:
    scores, barred = instance
    found = near_pairs(DenseScorer(scores), depth, barred).mirrored()
    other = near_pairs(DenseScorer(scores.T.copy()), depth, barred[:, ::-1])
    assert found.shape == other.shape
    assert as_set(found) == as_set(other)
    assert (np.diff(found.left) >= 0).all()


def test_every_pair_is_scored_once_and_progress_is_told() -> None:
    class Counting(DenseScorer):
        asked = 0

        def score(
            self, rows: NDArray[np.integer], columns: NDArray[np.integer]
        ) -> NDArray[np.floating]:
            self.asked += len(rows) * len(columns)
            return super().score(rows, columns)

    scorer = Counting(np.zeros((600, 3), np.float32))
    told: list[tuple[int, int]] = []
    near_pairs(scorer, 1, progress=lambda done, of: told.append((done, of)))
    assert scorer.asked == 1800
    assert told == [(256, 600), (512, 600), (600, 600)]


def test_a_depth_below_one_is_refused() -> None:
    with pytest.raises(BadInput):
        near_pairs(DenseScorer(np.zeros((1, 1))), 0)
