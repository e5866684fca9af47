"""The door: meetings into slots, with every rule kept, whatever was asked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.errors import Cancelled
from matchmaking.schedule import ScheduleProblem, ScheduleProgress, schedule
from tests.matchmaking.schedule_cases import (
    assert_holds,
    everyone_free,
    free,
    most_worth,
    random_problem,
    windowed,
)


@given(windowed())
def test_every_rule_is_kept_and_small_schedules_are_the_best_there_are(
    problem: ScheduleProblem,
) -> None:
    result = schedule(problem)
    assert_holds(problem, result)
    assert result.value == most_worth(problem)
    assert result.optimal


@settings(max_examples=60)
@given(windowed(), st.data())
def test_pinned_meetings_stay_where_they_are_and_the_rest_is_the_best_there_is(
    problem: ScheduleProblem, data: st.DataObject
) -> None:
    placed = schedule(problem).slot
    pinned = np.array([slot >= 0 and data.draw(st.booleans()) for slot in placed], bool)
    fixed = np.where(pinned, placed, -1)
    pinned_problem = ScheduleProblem(
        problem.meetings,
        problem.left_free,
        problem.right_free,
        problem.tables,
        fixed,
        problem.worth,
    )
    result = schedule(pinned_problem)
    assert_holds(pinned_problem, result)
    assert result.value == result.bound == most_worth(pinned_problem)


@settings(max_examples=40)
@given(windowed(), st.randoms(use_true_random=False))
def test_numbering_people_and_meetings_otherwise_changes_nothing_that_counts(
    problem: ScheduleProblem, random: np.random.Generator
) -> None:
    people, order = list(range(4)), list(range(len(problem.meetings)))
    random.shuffle(people)
    random.shuffle(order)
    number = np.argsort(people)
    meetings = np.column_stack((number[problem.left], problem.right))[order].reshape(-1, 2)
    renumbered = ScheduleProblem(
        meetings,
        problem.left_free[people],
        problem.right_free,
        problem.tables,
        None,
        problem.worths[order],
    )
    assert schedule(renumbered).value == schedule(problem).value


@pytest.mark.parametrize(
    ("share", "tables", "pinned"), [(0.3, 60, 0), (0.6, 15, 20), (0.95, 60, 40)]
)
def test_a_whole_day_keeps_every_rule(share: float, tables: int, pinned: int) -> None:
    problem = random_problem(4, 300, (50, 40), 14, share, tables)
    first = schedule(problem)
    assert_holds(problem, first)
    fixed = np.full(300, -1)
    fixed[:pinned] = first.slot[:pinned]
    busy = problem.right_free.copy()
    busy[35:] = False
    fixed[problem.right >= 35] = -1
    later = ScheduleProblem(problem.meetings, problem.left_free, busy, problem.tables, fixed)
    assert_holds(later, schedule(later))


def test_the_same_problem_and_seed_give_the_same_schedule() -> None:
    problem = random_problem(9, 200, (30, 30), 12, 0.5, 40)
    first, again = schedule(problem, seed=5), schedule(problem, seed=5)
    assert first.slot.tolist() == again.slot.tolist()
    assert first.table.tolist() == again.table.tolist()


def test_two_people_may_meet_twice_but_not_at_once() -> None:
    problem = everyone_free([(0, 0), (0, 0)], slots=2)
    assert sorted(schedule(problem).slot.tolist()) == [0, 1]
    within = ScheduleProblem(np.array([[0, 0], [0, 0]]), free("x.x"), free("xx."))
    assert schedule(within).placed == 1


def test_what_is_worth_more_is_placed_first() -> None:
    problem = ScheduleProblem(
        np.array([[0, 0], [0, 1], [0, 2]]),
        free("xx"),
        free("x.", "xx", "x."),
        worth=np.array([1, 2, 5]),
    )
    result = schedule(problem)
    assert result.slot.tolist() == [-1, 1, 0]
    assert (result.value, result.bound, result.placed, result.slots) == (7, 7, 2, 2)


def test_a_run_tells_its_stages_in_turn() -> None:
    told: list[ScheduleProgress] = []
    schedule(random_problem(2, 200, (30, 30), 12, 0.5, 60), progress=told.append)
    stages = [step.stage for step in told]
    assert list(dict.fromkeys(stages))[:2] == ["relaxation", "repair"]
    assert all(0 <= step.done <= step.total for step in told)


def test_a_run_can_be_stopped() -> None:
    with pytest.raises(Cancelled, match="the scheduling was stopped"):
        schedule(random_problem(1, 60, (8, 8), 8, 0.5, 5), cancelled=lambda: True)


def test_two_thousand_meetings_are_placed_to_within_one_percent_of_the_bound() -> None:
    problem = random_problem(0, 2000, (400, 300), 20, 0.5, 150)
    result = schedule(problem)
    assert_holds(problem, result)
    assert result.bound - result.value <= 0.01 * result.bound
