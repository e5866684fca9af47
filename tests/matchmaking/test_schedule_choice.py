"""Which meetings to keep when there is not room for all."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.schedule import ScheduleProblem
from matchmaking.schedule_choice import busiest, worth_keeping
from matchmaking.schedule_problem import BoolArray
from matchmaking.scorers import IntArray
from tests.matchmaking.schedule_cases import everyone_free, pairs


def within(problem: ScheduleProblem, kept: BoolArray, each: int, all_in_all: int) -> bool:
    crowds = [np.bincount(side[kept], minlength=1).max() for side in (problem.left, problem.right)]
    return bool(max(crowds) <= each and kept.sum() <= all_in_all)


def unevenness(problem: ScheduleProblem, kept: BoolArray) -> int:
    """Count, for everybody, the pairs among their own meetings: the fewest when all have alike."""
    counts = [np.bincount(side[kept]) for side in (problem.left, problem.right)]
    return int(sum((count * (count - 1) // 2).sum() for count in counts))


@settings(max_examples=60)
@given(pairs(most=7, people=3), st.integers(1, 3), st.integers(0, 7), st.data())
def test_no_other_choice_within_the_limits_is_worth_more_or_as_much_and_more_even(
    meetings: IntArray, each: int, all_in_all: int, data: st.DataObject
) -> None:
    count = len(meetings)
    worth = np.array(data.draw(st.lists(st.integers(1, 9), min_size=count, max_size=count)), int)
    free = np.ones((3, 3), bool)
    problem = ScheduleProblem(meetings, free, free, worth=worth)
    kept = worth_keeping(problem, each, all_in_all)
    assert within(problem, kept, each, all_in_all)
    choices = (np.array(bits, bool) for bits in product((False, True), repeat=count))
    most, uneven = max(
        (int(worth[choice].sum()), -unevenness(problem, choice))
        for choice in choices
        if within(problem, choice, each, all_in_all)
    )
    assert (int(worth[kept].sum()), -unevenness(problem, kept)) == (most, uneven)


def test_whoever_has_one_meeting_keeps_it_before_others_keep_their_third() -> None:
    """Two tables too few: the two with three meetings each lose one, nobody with one does."""
    problem = everyone_free(
        [(0, 0), (1, 1), (2, 2), (2, 3), (2, 4), (3, 5), (3, 6), (3, 7)], slots=3
    )
    kept = worth_keeping(problem, 3, 6)
    assert np.bincount(problem.left[kept]).tolist() == [1, 1, 2, 2]


@pytest.mark.parametrize(("among", "most"), [([0, 1, 2, 3], 3), ([3], 1), ([], 0)])
def test_the_busiest_is_counted_among_the_meetings_named(among: list[int], most: int) -> None:
    problem = everyone_free([(0, 0), (1, 0), (2, 0), (2, 1)], slots=4)
    assert busiest(problem, np.array(among, int)) == most


def test_two_meetings_of_the_same_two_people_are_two() -> None:
    problem = everyone_free([(0, 0), (0, 0)], slots=2)
    assert busiest(problem, np.arange(2)) == 2
    assert worth_keeping(problem, 1, 2).sum() == 1
