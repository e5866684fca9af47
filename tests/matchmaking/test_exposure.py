"""How often lists show whom, and how even that is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.errors import BadInput
from matchmaking.exposure import Exposure, exposure, top_lists
from matchmaking.near_pairs import near_pairs
from matchmaking.scorers import DenseScorer

counts = st.lists(st.integers(0, 50), min_size=1, max_size=20)
SCORES = np.array([[0.9, 0.5, 0.1], [0.8, 0.7, 0.2]], np.float32)


def gini_by_definition(sizes: list[int]) -> float:
    mean = sum(sizes) / len(sizes)
    apart = [abs(one - other) for one in sizes for other in sizes]
    return sum(apart) / len(apart) / (2 * mean)


def test_all_on_one_list_each_is_even_and_one_on_all_lists_is_not() -> None:
    assert exposure([4, 4, 4]) == Exposure(people=3, never=0, gini=0, most=4)
    assert exposure([0, 0, 0, 8]) == Exposure(people=4, never=3, gini=0.75, most=8)


@given(counts.filter(any))
def test_the_gini_is_the_mean_difference_over_twice_the_mean(sizes: list[int]) -> None:
    assert exposure(sizes).gini == pytest.approx(gini_by_definition(sizes))


@given(counts, st.permutations(range(20)))
def test_who_is_who_does_not_matter(sizes: list[int], order: list[int]) -> None:
    moved = [sizes[place] for place in order if place < len(sizes)]
    assert exposure(moved) == exposure(sizes)


@pytest.mark.parametrize("sizes", [[], [0, 0]])
def test_where_nobody_is_shown_nothing_is_uneven(sizes: list[int]) -> None:
    assert exposure(sizes) == Exposure(len(sizes), len(sizes), 0.0, 0)


def test_the_first_places_are_counted_and_their_scores_averaged() -> None:
    pairs = near_pairs(DenseScorer(SCORES), 3)
    plain = top_lists(pairs, 1)
    assert plain.counts.tolist() == [2, 0, 0]
    assert plain.affinity == pytest.approx(0.85)


def test_a_price_moves_people_and_the_average_is_still_of_scores() -> None:
    pairs = near_pairs(DenseScorer(SCORES), 3)
    priced = top_lists(pairs, 1, np.array([0.2, 0.0, 0.0]))
    assert priced.counts.tolist() == [1, 1, 0]
    assert priced.affinity == pytest.approx((0.9 + 0.7) / 2)


def test_a_list_longer_than_the_people_shows_everybody() -> None:
    assert top_lists(near_pairs(DenseScorer(SCORES), 3), 10).counts.tolist() == [2, 2, 2]


def test_a_list_without_a_place_is_refused() -> None:
    with pytest.raises(BadInput):
        top_lists(near_pairs(DenseScorer(SCORES), 3), 0)
