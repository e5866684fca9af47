"""Why a meeting has no slot."""

import numpy as np
import pytest
from hypothesis import given

from matchmaking.schedule import ScheduleProblem, Unplaced, schedule
from matchmaking.schedule_reasons import unplaced
from matchmaking.scorers import IntArray
from tests.matchmaking.schedule_cases import free, windowed


def only_reason(problem: ScheduleProblem, slots: list[int]) -> Unplaced:
    (reason,) = unplaced(problem, np.array(slots))
    return reason


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("...", "xxx", "left-away"),
        ("xxx", "...", "right-away"),
        ("...", "...", "left-away"),
        ("xx.", "..x", "no-common-slot"),
    ],
)
def test_two_people_who_are_never_free_together(left: str, right: str, why: str) -> None:
    reason = only_reason(ScheduleProblem(np.array([[0, 0]]), free(left), free(right)), [-1])
    assert reason == Unplaced(0, 0, 0, why, 0, 0, 0, 0)  # type: ignore[arg-type]  # drawn as text


def test_the_left_person_has_another_meeting_in_every_common_slot() -> None:
    problem = ScheduleProblem(np.array([[0, 0], [0, 1]]), free("x.."), free("xx.", "xxx"))
    assert only_reason(problem, [-1, 0]) == Unplaced(0, 0, 0, "left-full", 1, 1, 0, 0)


def test_the_right_person_has_another_meeting_in_every_common_slot() -> None:
    problem = ScheduleProblem(np.array([[1, 0], [0, 0]]), free("xx", "x."), free("xx"))
    assert only_reason(problem, [-1, 0]) == Unplaced(0, 1, 0, "right-full", 1, 0, 1, 0)


def test_now_the_one_and_now_the_other_is_taken() -> None:
    problem = ScheduleProblem(
        np.array([[0, 0], [0, 1], [1, 0]]), free("xx", "xx"), free("xx", "xx")
    )
    assert only_reason(problem, [-1, 0, 1]) == Unplaced(0, 0, 0, "both-full", 2, 1, 1, 0)


def test_both_are_idle_but_no_table_is() -> None:
    problem = ScheduleProblem(
        np.array([[0, 0], [1, 1]]), free("x", "x"), free("x", "x"), np.array([1])
    )
    assert only_reason(problem, [-1, 0]) == Unplaced(0, 0, 0, "no-table", 1, 0, 0, 1)


def test_a_slot_without_any_table_counts_as_full() -> None:
    problem = ScheduleProblem(np.array([[0, 0]]), free("x"), free("x"), np.array([0]))
    assert only_reason(problem, [-1]).why == "no-table"


def test_placed_meetings_need_no_reason() -> None:
    problem = ScheduleProblem(np.array([[0, 0]]), free("x"), free("x"))
    assert unplaced(problem, np.array([0])) == ()


@given(windowed(most=12))
def test_every_reason_is_true_of_the_schedule_it_explains(problem: ScheduleProblem) -> None:
    result = schedule(problem)
    for stuck in result.unplaced:
        common = np.flatnonzero(problem.both_free[stuck.meeting])
        assert stuck.common == len(common)
        assert (stuck.left, stuck.right) == tuple(problem.meetings[stuck.meeting])
        stuck_in = [stuck_by(problem, result.slot, stuck, int(slot)) for slot in common]
        assert all(stuck_in)
        assert stuck.tables_full == stuck_in.count("table")
        assert (stuck.why == "no-table") == (stuck.tables_full > 0)


def stuck_by(
    problem: ScheduleProblem,
    slots: IntArray,
    stuck: Unplaced,
    slot: int,
) -> str:
    there = np.flatnonzero(slots == slot)
    if stuck.left in problem.left[there] or stuck.right in problem.right[there]:
        return "person"
    return "table" if len(there) >= problem.limits[slot] else ""
