"""Meetings in windows: never below the greedy, the optimum on small instances, an honest bound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from matchmaking.schedule import ScheduleProblem
from matchmaking.schedule_board import filled, greedy_order
from matchmaking.schedule_exact import exact
from matchmaking.schedule_openings import Openings
from matchmaking.schedule_result import ScheduleWatch
from matchmaking.schedule_windows import Placement, bound_of, placed
from tests.matchmaking.schedule_cases import most_worth, random_problem, windowed, worth_of

HEAT = (0.145, 0.05)


def openings(problem: ScheduleProblem) -> Openings:
    return Openings.of(problem, np.repeat(problem.worths[:, None], problem.shape[2], axis=1))


def found(problem: ScheduleProblem, seed: int = 0) -> Placement:
    return placed(openings(problem), HEAT, seed=seed, watch=ScheduleWatch())


def greedy(problem: ScheduleProblem) -> int:
    return filled(openings(problem), (greedy_order(openings(problem)),)).value


@given(windowed())
def test_small_schedules_are_optimal_and_proven_so(problem: ScheduleProblem) -> None:
    answer = found(problem)
    assert answer.value == answer.bound == most_worth(problem)
    assert answer.value == worth_of(problem, answer.slot_of.tolist())


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.sampled_from([0.3, 0.5, 0.7, 0.95]), st.integers(2, 12))
def test_small_days_are_placed_as_integer_programming_places_them(
    seed: int, share: float, tables: int
) -> None:
    problem = random_problem(seed, 30, (8, 9), 6, share, tables)
    asked = openings(problem)
    programme = milp(
        -asked.value.astype(float),
        integrality=np.ones(len(asked.value)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(asked.rows, ub=asked.limits),
        options={"mip_rel_gap": 0.0},
    )
    answer = found(problem, seed)
    assert answer.value == answer.bound == round(-programme.fun)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("tables", [15, 60])
def test_a_day_of_meetings_is_between_the_greedy_and_the_bound(share: float, tables: int) -> None:
    problem = random_problem(5, 300, (40, 50), 12, share, tables)
    answer = found(problem)
    assert greedy(problem) <= answer.value <= answer.bound <= bound_of(openings(problem))
    assert answer.bound - answer.value <= 0.01 * answer.bound


@settings(max_examples=40)
@given(windowed(most=6, slots=3), st.integers(0, 3), st.integers(0, 2))
def test_one_more_free_slot_never_lowers_what_is_placed(
    problem: ScheduleProblem, person: int, slot: int
) -> None:
    more = problem.left_free.copy()
    more[person, slot % problem.shape[2]] = True
    wider = ScheduleProblem(
        problem.meetings, more, problem.right_free, problem.tables, None, problem.worth
    )
    assert found(wider).value >= found(problem).value


def test_the_same_seed_gives_the_same_slots() -> None:
    problem = random_problem(2, 250, (30, 30), 12, 0.5, 60)
    assert found(problem, 3).slot_of.tolist() == found(problem, 3).slot_of.tolist()


def test_no_common_slot_at_all_is_an_answer() -> None:
    nobody = ScheduleProblem(np.array([[0, 0]]), np.zeros((1, 3), bool), np.ones((1, 3), bool))
    answer = found(nobody)
    assert (answer.slot_of.tolist(), answer.value, answer.bound) == ([-1], 0, 0)
    assert bound_of(openings(nobody)) == 0


@settings(max_examples=40)
@given(windowed())
def test_a_start_that_is_already_best_is_not_made_worse(problem: ScheduleProblem) -> None:
    asked = openings(problem)
    best = found(problem)
    start = np.flatnonzero(best.slot_of[asked.meeting] == asked.slot)
    again = placed(asked, HEAT, seed=0, watch=ScheduleWatch(), start=start)
    assert again.value == best.value


@settings(max_examples=40)
@given(windowed(), st.integers(1, 3))
def test_the_exact_way_finds_what_is_better_or_proves_that_nothing_is(
    problem: ScheduleProblem, short: int
) -> None:
    asked = openings(problem)
    if not len(asked.value):
        return
    best, everything = most_worth(problem), int(asked.value.sum())
    better = exact(asked, max(best - short, 0), everything)
    if best:
        assert better.slot_of is not None
        assert worth_of(problem, better.slot_of.tolist()) == better.bound == best
    proof = exact(asked, best, everything + 1)
    assert proof.slot_of is None
    assert proof.bound == best


def test_when_the_greedy_places_everything_there_is_nothing_left_to_search() -> None:
    told: list[object] = []
    problem = random_problem(1, 40, (40, 40), 20, 0.7, 40)
    answer = placed(openings(problem), HEAT, seed=0, watch=ScheduleWatch(told.append))
    assert answer.value == answer.bound == 40
    assert told == []


def test_meetings_that_never_have_a_common_slot_do_not_loosen_the_bound() -> None:
    left = np.array([[True, False], [True, True]])
    right = np.array([[False, True], [True, True]])
    problem = ScheduleProblem(np.array([[0, 0], [1, 1], [1, 0]]), left, right)
    assert bound_of(openings(problem)) == found(problem).bound == 2
