"""Repair by ejection: chains of moves that a greedy schedule misses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.errors import Cancelled
from matchmaking.schedule import ScheduleProblem
from matchmaking.schedule_board import filled, greedy_order
from matchmaking.schedule_openings import Openings
from matchmaking.schedule_repair import Walk, repair
from matchmaking.schedule_result import ScheduleProgress, ScheduleWatch
from tests.matchmaking.schedule_cases import (
    everyone_free,
    free,
    random_problem,
    windowed,
    worth_of,
)


def openings(problem: ScheduleProblem) -> Openings:
    return Openings.of(problem, np.repeat(problem.worths[:, None], problem.shape[2], axis=1))


def walked(
    problem: ScheduleProblem, steps: int, seed: int = 0, watch: ScheduleWatch | None = None
) -> list[int]:
    found = openings(problem)
    board = filled(found, (greedy_order(found),))
    walk = Walk(steps, (0.145, 0.05), int(problem.worths.sum()), seed)
    return repair(board, found, np.arange(len(found.value)), walk, watch or ScheduleWatch())


def greedy(problem: ScheduleProblem) -> int:
    found = openings(problem)
    return filled(found, (greedy_order(found),)).value


def test_a_meeting_moves_on_to_make_room_for_another() -> None:
    # greedy gives slot 0 to (0, 0) and to (1, 1), so that (1, 0), free only there, finds no room
    problem = ScheduleProblem(
        np.array([[0, 0], [1, 1], [1, 0]]), free("xx", "xx"), free("xx", "xx")
    )
    assert worth_of(problem, walked(problem, 500)) == 3


@settings(max_examples=60)
@given(windowed(), st.integers(0, 99))
def test_a_walk_never_ends_below_where_it_began(problem: ScheduleProblem, seed: int) -> None:
    assert worth_of(problem, walked(problem, 200, seed)) >= greedy(problem)


@pytest.mark.parametrize("tables", [60, 20])
def test_a_walk_places_meetings_that_the_greedy_misses(tables: int) -> None:
    problem = random_problem(1, 300, (40, 40), 12, 0.6, tables)
    assert worth_of(problem, walked(problem, 60_000)) > greedy(problem)


def test_the_same_seed_walks_the_same_way() -> None:
    problem = random_problem(1, 200, (30, 30), 12, 0.5, 60)
    assert walked(problem, 20_000, seed=7) == walked(problem, 20_000, seed=7)
    assert walked(problem, 20_000, seed=7) != walked(problem, 20_000, seed=8)


def test_a_walk_without_waiting_meetings_ends_at_once() -> None:
    told: list[ScheduleProgress] = []
    walked(everyone_free([(0, 0)], slots=2), 10**9, watch=ScheduleWatch(told.append))
    assert len(told) == 1


def test_a_walk_that_has_reached_its_goal_ends() -> None:
    problem = random_problem(1, 200, (30, 30), 12, 0.5, 60)
    found = openings(problem)
    board = filled(found, (greedy_order(found),))
    before = list(board.slot_of)
    goal = Walk(10**9, (0.1, 0.1), board.value, 0)
    assert repair(board, found, np.arange(len(found.value)), goal, ScheduleWatch()) == before


def test_a_walk_can_be_stopped() -> None:
    problem = random_problem(1, 200, (30, 30), 12, 0.3, 60)
    with pytest.raises(Cancelled, match="repair"):
        walked(problem, 10**9, watch=ScheduleWatch(cancelled=lambda: True))
