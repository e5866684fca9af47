"""The benchmark's peers do what they are said to, so that the comparison is a fair one."""

import numpy as np
import pytest

from benchmarks.schedule import (
    DAYS,
    Day,
    changed,
    coloured_by_networkx,
    constrained_first,
    cp_sat,
    first_fit,
    regular,
    slots_of_colouring,
    slots_of_first_fit,
)
from matchmaking.schedule import schedule
from tests.matchmaking.schedule_cases import everyone_free

SMALL = Day(9, 8, 0.5, meetings=40, slots=10, tables=6)


@pytest.mark.parametrize("seed", range(3))
def test_every_way_places_at_most_what_the_proven_optimum_places(seed: int) -> None:
    problem = SMALL.problem(seed)
    ours = schedule(problem)
    assert ours.optimal
    assert cp_sat(problem, seconds=20) == (ours.placed, ours.bound)
    for placed in (first_fit(problem, np.arange(40)), constrained_first(problem)):
        assert placed <= ours.placed


def test_first_fit_takes_the_first_slot_in_which_both_and_a_table_are_free() -> None:
    problem = everyone_free([(0, 0), (0, 1), (1, 0)], slots=2, tables=[1, 1])
    assert first_fit(problem, np.arange(3)) == 2


@pytest.mark.parametrize(("people", "each"), [(12, 3), (20, 5)])
def test_greedy_colourings_take_at_least_as_many_slots_as_the_busiest_has_meetings(
    people: int, each: int
) -> None:
    problem = regular(people, each, 0)
    assert np.bincount(problem.left).tolist() == [each] * people
    assert slots_of_colouring(problem) == each
    assert slots_of_first_fit(problem) >= each
    assert coloured_by_networkx(problem) >= each


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_days_are_of_the_size_and_openness_they_claim(day: Day) -> None:
    problem = day.problem(0)
    assert len(np.unique(problem.meetings, axis=0)) == 2000
    assert problem.shape == (day.left, day.right, 20)
    assert problem.left_free.mean() == pytest.approx(day.free, abs=0.05)
    assert problem.right_free.mean() == pytest.approx(day.free, abs=0.05)


def test_a_change_takes_meetings_and_windows_away_and_adds_none() -> None:
    problem = SMALL.problem(0)
    first = schedule(problem)
    after, before = changed(problem, first, 0)
    assert len(after.meetings) == len(before.slot) == 20
    assert not (after.left_free & ~problem.left_free).any()
    assert (after.left_free != problem.left_free).any(axis=1).sum() <= 5
