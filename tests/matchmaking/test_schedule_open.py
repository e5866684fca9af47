"""Schedules where everybody is free are exact, and take the fewest slots."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.schedule import ScheduleProblem, schedule
from matchmaking.schedule_choice import busiest, worth_keeping
from matchmaking.schedule_open import open_slots
from matchmaking.scorers import IntArray
from tests.matchmaking.schedule_cases import assert_holds, everyone_free, most_worth, pairs


@given(pairs(most=30, people=6))
def test_the_busiest_person_s_meetings_are_as_many_as_the_slots_used(meetings: IntArray) -> None:
    free = np.ones((6, 30), bool)
    problem = ScheduleProblem(meetings, free, free)
    result = schedule(problem)
    assert_holds(problem, result)
    assert result.placed == len(meetings)
    assert result.slots == busiest(problem, np.arange(len(meetings)))


@given(pairs(most=30, people=6), st.integers(1, 6))
def test_with_few_tables_the_slots_used_are_what_the_tables_demand(
    meetings: IntArray, tables: int
) -> None:
    free = np.ones((6, 40), bool)
    problem = ScheduleProblem(meetings, free, free, np.full(40, tables))
    result = schedule(problem)
    assert_holds(problem, result)
    by_people = busiest(problem, np.arange(len(meetings)))
    assert result.placed == len(meetings)
    assert result.slots == max(by_people, -(-len(meetings) // tables))


@given(pairs(most=6, people=3), st.integers(1, 2), st.integers(1, 3), st.data())
def test_what_has_no_room_is_chosen_to_be_worth_the_least(
    meetings: IntArray, slots: int, tables: int, data: st.DataObject
) -> None:
    worth = data.draw(st.lists(st.integers(1, 9), min_size=len(meetings), max_size=len(meetings)))
    free = np.ones((3, slots), bool)
    problem = ScheduleProblem(
        meetings, free, free, np.full(slots, tables), None, np.array(worth, int)
    )
    result = schedule(problem)
    assert_holds(problem, result)
    assert result.value == result.bound == most_worth(problem)


def test_the_earliest_slots_are_used() -> None:
    result = schedule(everyone_free([(0, 0), (0, 1), (1, 0)], slots=9))
    assert set(result.slot.tolist()) == {0, 1}


def test_slots_with_more_tables_are_used_first_so_that_fewer_are_needed() -> None:
    result = schedule(everyone_free([(0, 0), (1, 1), (2, 2)], slots=4, tables=[1, 1, 3, 1]))
    assert result.slot.tolist() == [2, 2, 2]


def test_a_slot_in_which_not_everybody_is_free_is_left_out_while_the_others_suffice() -> None:
    problem = ScheduleProblem(
        np.array([[0, 0], [1, 1]]), np.array([[False, True], [True, True]]), np.ones((2, 2), bool)
    )
    assert schedule(problem).slot.tolist() == [1, 1]


def test_windows_that_matter_are_not_for_this_way() -> None:
    problem = ScheduleProblem(np.array([[0, 0]]), np.array([[False, True]]), np.ones((1, 2), bool))
    assert open_slots(problem) is not None
    pressed = ScheduleProblem(
        np.array([[0, 0], [0, 1]]), np.array([[True, True]]), np.array([[1, 1], [0, 1]], bool)
    )
    assert open_slots(pressed) is None


def test_pinned_meetings_are_not_for_this_way() -> None:
    free = np.ones((1, 2), bool)
    pinned = ScheduleProblem(np.array([[0, 0]]), free, free, fixed=np.array([1]))
    assert open_slots(pinned) is None


def test_a_person_with_more_meetings_than_slots_keeps_as_many_as_there_are_slots() -> None:
    problem = everyone_free([(0, right) for right in range(5)] + [(1, 0)], slots=2)
    result = schedule(problem)
    assert_holds(problem, result)
    assert result.placed == result.bound == 3
    assert {stuck.why for stuck in result.unplaced} == {"left-full"}


def test_without_meetings_there_is_nothing_to_place() -> None:
    result = schedule(everyone_free([], slots=3))
    assert (result.placed, result.bound, result.slots) == (0, 0, 0)


def test_without_slots_nothing_is_placed_and_everyone_is_away() -> None:
    result = schedule(everyone_free([(0, 0)], slots=0))
    assert result.placed == result.bound == 0
    assert result.unplaced[0].why == "left-away"


def test_a_flow_keeps_the_most_worth_within_what_a_person_can_do() -> None:
    problem = everyone_free([(0, 0), (0, 1), (1, 1)], slots=1)
    assert worth_keeping(problem, 1, 3).tolist() == [True, False, True]
    assert worth_keeping(problem, 1, 1).sum() == 1
    assert worth_keeping(problem, 2, 3).all()
