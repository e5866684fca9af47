"""What may be asked of a schedule, and how a wrong question is refused."""

from typing import Any

import numpy as np
import pytest

from matchmaking.errors import BadInput
from matchmaking.schedule import ScheduleProblem
from tests.matchmaking.schedule_cases import free


def problem(**changes: Any) -> ScheduleProblem:
    asked: dict[str, Any] = {
        "meetings": np.array([[0, 0], [0, 1], [1, 1]]),
        "left_free": free("xx.", "xxx"),
        "right_free": free("xxx", ".xx"),
    }
    return ScheduleProblem(**{**asked, **changes})


def test_what_is_not_said_restricts_nothing() -> None:
    plain = problem()
    assert plain.shape == (2, 2, 3)
    assert plain.limits.shape == (3,)
    assert (plain.limits >= 10**9).all()
    assert plain.pins.tolist() == [-1, -1, -1]
    assert plain.worths.tolist() == [1, 1, 1]


def test_two_people_are_both_free_where_each_of_them_is() -> None:
    assert problem().both_free.tolist() == free("xx.", ".x.", ".xx").tolist()


def test_a_problem_without_meetings_is_a_problem() -> None:
    assert problem(meetings=[]).meetings.shape == (0, 2)


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"meetings": np.array([[0, 2]])}, "outside of 2 x 2 people: meeting 0"),
        ({"meetings": np.array([[-1, 0]])}, "outside of 2 x 2 people"),
        ({"meetings": np.array([[0.0, 1.0]])}, "meetings must be whole numbers"),
        ({"meetings": np.array([[0, 1, 1]])}, r"meetings must be \(k, 2\)"),
        ({"left_free": np.ones(3, bool)}, r"left_free must be \(people, slots\) booleans"),
        ({"left_free": np.ones((2, 3), int)}, "left_free must be .* booleans"),
        ({"right_free": np.ones((2, 4), bool)}, "left_free has 3 slots, right_free 4"),
        ({"tables": np.array([1, 2])}, r"tables must be \(3,\)"),
        ({"tables": np.array([1, 2, -1])}, "fewer than 0 tables"),
        ({"tables": np.array([1.5, 2, 1])}, "tables must be whole numbers"),
        ({"fixed": np.array([-1, -1])}, r"fixed must be \(3,\)"),
        ({"fixed": np.array([-1, 3, -2])}, "pinned to none of the 3 slots: meeting 1, 2"),
        ({"worth": np.array([1, 0, 1])}, "worth must be in 1..1,000,000: meeting 1"),
        ({"fixed": np.array([2, -1, -1])}, "not free; .*: meeting 0"),
        ({"fixed": np.array([1, 1, -1])}, "the left person is pinned already; .*: meeting 1"),
        ({"fixed": np.array([-1, 1, 1])}, "the right person is pinned already; .*: meeting 2"),
        (
            {"fixed": np.array([1, -1, 1]), "tables": np.array([3, 1, 3])},
            "more pins than tables .*: meeting 0, 2",
        ),
    ],
)
def test_a_wrong_question_is_refused_by_a_fact(changes: dict[str, Any], fact: str) -> None:
    with pytest.raises(BadInput, match=fact):
        problem(**changes)


def test_of_many_wrong_meetings_the_first_few_are_named() -> None:
    with pytest.raises(BadInput, match="meeting 0, 1, 2, 3, 4 and 3 more"):
        problem(meetings=np.full((8, 2), 9))
