import re

import numpy as np
import pytest

from matchmaking.errors import BadInput
from matchmaking.pairing import Bounds, PairingProblem
from tests.matchmaking.pairing_instances import problem_of

TWO = Bounds.same(2, 0, 1)
SCORES = np.zeros((2, 2))


@pytest.mark.parametrize(
    ("least", "most", "index"),
    [([0, -1], [1, 1], "1"), ([2, 0], [1, 1], "0"), ([3, 3], [1, 1], "0, 1")],
)
def test_bounds_that_no_one_can_keep_are_refused_by_index(
    least: list[int], most: list[int], index: str
) -> None:
    with pytest.raises(BadInput, match=f"index {index}$"):
        Bounds(np.array(least), np.array(most))


def test_many_wrong_bounds_are_counted_not_listed() -> None:
    with pytest.raises(BadInput, match="index 0, 1, 2, 3, 4 and 5 more"):
        Bounds(np.ones(10, int), np.zeros(10, int))


@pytest.mark.parametrize(
    ("least", "most"),
    [
        (np.zeros(2), np.ones(2, int)),
        (np.zeros((2, 1), int), np.ones(2, int)),
        (np.zeros(2, int), np.full(2, 2**40)),
        (np.zeros(2, int), np.ones(3, int)),
    ],
)
def test_bounds_are_whole_numbers_one_for_each_person(least: np.ndarray, most: np.ndarray) -> None:
    with pytest.raises(BadInput):
        Bounds(least, most)


def test_a_least_beyond_the_other_side_is_not_an_error() -> None:
    assert problem_of(SCORES, Bounds.same(2, 7, 9), TWO).left.least.tolist() == [7, 7]


def test_bounds_must_be_for_as_many_people_as_there_are_scores() -> None:
    with pytest.raises(BadInput, match=r"\(2, 2\).*\(3, 2\)"):
        problem_of(SCORES, Bounds.same(3, 0, 1), TWO)


@pytest.mark.parametrize("worth", [np.nan, np.inf])
def test_worth_is_a_finite_number(worth: float) -> None:
    with pytest.raises(BadInput, match="worth"):
        problem_of(SCORES, TWO, TWO, worth=worth)


@pytest.mark.parametrize("name", ["forbidden", "pinned", "sealed"])
@pytest.mark.parametrize("pair", [(2, 0), (0, 2), (-1, 0)])
def test_a_pair_of_someone_unknown_is_refused_by_name(name: str, pair: tuple[int, int]) -> None:
    with pytest.raises(BadInput, match=f"{name}.*{re.escape(str(pair))}"):
        problem_of(SCORES, TWO, TWO, **{name: np.array([pair])})


@pytest.mark.parametrize("pairs", [np.zeros((1, 3), int), np.zeros((1, 2)), np.zeros(4, int)])
def test_pairs_are_two_whole_numbers(pairs: np.ndarray) -> None:
    with pytest.raises(BadInput, match=r"forbidden must be \(k, 2\) whole numbers"):
        problem_of(SCORES, TWO, TWO, forbidden=pairs)


@pytest.mark.parametrize("name", ["forbidden", "sealed"])
def test_a_pair_cannot_be_pinned_and_excluded(name: str) -> None:
    with pytest.raises(BadInput, match=rf"pinned and {name} at once: pair \(1, 0\)"):
        problem_of(
            SCORES, TWO, TWO, pinned=np.array([[1, 0]]), **{name: np.array([[0, 0], [1, 0]])}
        )


def test_more_pins_than_a_person_takes_are_refused() -> None:
    with pytest.raises(BadInput, match="on the right: index 1"):
        problem_of(SCORES, TWO, TWO, pinned=np.array([[0, 1], [1, 1]]))


def test_the_same_pin_twice_counts_once() -> None:
    assert isinstance(
        problem_of(SCORES, TWO, TWO, pinned=np.array([[0, 1], [0, 1]])), PairingProblem
    )


def test_no_pairs_may_be_an_empty_list_of_any_kind() -> None:
    problem = problem_of(SCORES, TWO, TWO, forbidden=np.array([]), pinned=np.zeros((0, 2)))
    assert problem.forbidden.shape == problem.pinned.shape == (0, 2)
