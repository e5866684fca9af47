import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.errors import BadInput
from matchmaking.scorers import BlockScorer, DenseScorer, VectorScorer


def both() -> list[tuple[BlockScorer, np.ndarray]]:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(7, 9))
    left = rng.normal(size=(7, 4)).astype(np.float32)
    right = rng.normal(size=(9, 4)).astype(np.float32)
    return [(DenseScorer(scores), scores), (VectorScorer(left, right), left @ right.T)]


@given(
    rows=st.lists(st.integers(0, 6), max_size=7), columns=st.lists(st.integers(0, 8), max_size=9)
)
def test_a_block_holds_the_scores_of_its_rows_and_columns(
    rows: list[int], columns: list[int]
) -> None:
    for scorer, expected in both():
        here, there = np.array(rows, np.int32), np.array(columns, np.int32)
        block = scorer.score(here, there)
        assert block.shape == (len(rows), len(columns))
        assert block == pytest.approx(expected[np.ix_(here, there)], abs=1e-6)


def test_the_shape_is_people_on_the_left_by_people_on_the_right() -> None:
    assert [scorer.shape for scorer, _ in both()] == [(7, 9), (7, 9)]


def test_whole_numbers_are_scores_too() -> None:
    block = DenseScorer(np.array([[1, 2]])).score(np.array([0]), np.array([1]))
    assert block.dtype.kind == "f"
    assert block.tolist() == [[2.0]]


def test_the_vectors_are_not_copied_when_they_are_in_single_precision() -> None:
    vectors = np.ones((3, 2), np.float32)
    scorer = VectorScorer(vectors, vectors)
    vectors[0] = 5
    assert scorer.score(np.array([0]), np.array([1])).tolist() == [[10.0]]


@pytest.mark.parametrize("matrix", [np.zeros(3), np.zeros((1, 1, 1)), np.array([["a"]])])
def test_scores_that_are_no_matrix_of_numbers_are_refused(matrix: np.ndarray) -> None:
    with pytest.raises(BadInput, match="matrix of numbers"):
        DenseScorer(matrix)


def test_vectors_of_different_lengths_are_refused() -> None:
    with pytest.raises(BadInput, match=r"\(2, 3\) and \(2, 4\)"):
        VectorScorer(np.zeros((2, 3)), np.zeros((2, 4)))
