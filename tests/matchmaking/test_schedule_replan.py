"""After a change as many are placed as can be, and no fewer stay than must."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.errors import BadInput, Cancelled
from matchmaking.schedule import Replan, ScheduleProblem, Standing, replan, schedule
from tests.matchmaking.schedule_cases import (
    assert_holds,
    every_schedule,
    free,
    random_problem,
    windowed,
    worth_of,
)


def stood(*slots: int) -> Standing:
    slot = np.array(slots, int)
    return Standing(slot, np.minimum(slot, 0))


def staying(before: list[int], after: list[int]) -> int:
    return sum(old == new >= 0 for old, new in zip(before, after, strict=True))


@st.composite
def changed(draw: st.DrawFn) -> tuple[ScheduleProblem, list[int]]:
    """Draw a problem and slots in which its meetings stood before, so far as they had any."""
    problem = draw(windowed(most=6, slots=3))
    slot = st.integers(-1, problem.shape[2] - 1)
    count = len(problem.meetings)
    return problem, draw(st.lists(slot, min_size=count, max_size=count))


@given(changed())
def test_first_the_most_is_placed_and_then_the_most_stays(
    case: tuple[ScheduleProblem, list[int]],
) -> None:
    problem, before = case
    result = replan(problem, stood(*before))
    best = max(
        (worth_of(problem, slots), staying(before, slots)) for slots in every_schedule(problem)
    )
    assert_holds(problem, result.schedule)
    assert (result.schedule.value, len(result.stayed)) == best
    assert result.schedule.optimal
    assert result.fewest_moves


@given(changed(), st.integers(0, 3))
def test_one_more_meeting_is_placed_for_so_many_moves_and_no_more(
    case: tuple[ScheduleProblem, list[int]], moves: int
) -> None:
    problem, before = case
    result = replan(problem, stood(*before), moves_for_one=moves)
    best = max(
        (moves + 0.5) * worth_of(problem, slots) + staying(before, slots)
        for slots in every_schedule(problem)
    )
    assert_holds(problem, result.schedule)
    assert (moves + 0.5) * result.schedule.value + len(result.stayed) == best
    assert result.fewest_moves


@settings(max_examples=40)
@given(windowed(most=10))
def test_without_a_change_nobody_moves(problem: ScheduleProblem) -> None:
    first = schedule(problem)
    again = replan(problem, Standing(first.slot, first.table))
    assert again.schedule.slot.tolist() == first.slot.tolist()
    assert again.schedule.table.tolist() == first.table.tolist()
    assert (again.moved, again.dropped, again.added) == ((), (), ())


@settings(max_examples=40)
@given(windowed(most=10), st.data())
def test_cancelling_meetings_of_a_complete_schedule_moves_nobody(
    problem: ScheduleProblem, data: st.DataObject
) -> None:
    everything = schedule(problem)
    placed = np.flatnonzero(everything.slot >= 0).tolist()
    gone = data.draw(st.sets(st.sampled_from(placed)) if placed else st.just(set[int]()))
    kept = [meeting for meeting in placed if meeting not in gone]
    rest = ScheduleProblem(
        problem.meetings[kept], problem.left_free, problem.right_free, problem.tables
    )
    result = replan(rest, Standing(everything.slot[kept], everything.table[kept]))
    assert len(result.stayed) == len(kept)
    assert result.schedule.table.tolist() == everything.table[kept].tolist()


def crowd_out() -> tuple[ScheduleProblem, Standing]:
    """One more meeting fits only if two others change their slot."""
    problem = ScheduleProblem(
        np.array([[0, 0], [0, 1], [1, 1]]), free("xx", "x."), free("xx", "xx")
    )
    return problem, stood(1, 0, -1)


def names(result: Replan) -> dict[str, tuple[int, ...]]:
    return {
        "stayed": result.stayed,
        "moved": result.moved,
        "dropped": result.dropped,
        "added": result.added,
    }


def test_a_new_meeting_moves_others_on_if_it_has_to() -> None:
    assert names(replan(*crowd_out())) == {
        "stayed": (),
        "moved": (0, 1),
        "dropped": (),
        "added": (2,),
    }


def test_a_new_meeting_stays_out_where_too_many_would_have_to_move() -> None:
    result = replan(*crowd_out(), moves_for_one=1)
    assert names(result) == {"stayed": (0, 1), "moved": (), "dropped": (), "added": ()}
    assert result.schedule.bound == 3
    assert not result.schedule.optimal


def test_who_is_no_longer_free_is_dropped_when_no_other_slot_is_left() -> None:
    problem = ScheduleProblem(np.array([[0, 0], [1, 1]]), free("..", "xx"), free("xx", "xx"))
    result = replan(problem, stood(0, 0))
    assert names(result) == {"stayed": (1,), "moved": (), "dropped": (0,), "added": ()}
    assert [stuck.why for stuck in result.schedule.unplaced] == ["left-away"]


def test_pinned_meetings_stay_pinned_and_count_as_staying_where_they_stood() -> None:
    everywhere = np.ones((2, 2), bool)
    problem = ScheduleProblem(
        np.array([[0, 0], [1, 1], [0, 1]]), everywhere, everywhere, fixed=np.array([1, 0, -1])
    )
    result = replan(problem, stood(0, 0, 1))
    assert_holds(problem, result.schedule)
    assert (result.stayed, result.moved, result.dropped) == ((1,), (0,), (2,))
    assert result.most_staying == 1


def test_fewer_tables_drop_only_what_no_longer_fits() -> None:
    everywhere = np.ones((3, 1), bool)
    problem = ScheduleProblem(
        np.array([[0, 0], [1, 1], [2, 2]]), everywhere, everywhere, np.array([2])
    )
    result = replan(problem, Standing(np.array([0, 0, 0]), np.array([0, 1, 2])))
    assert len(result.stayed) == 2
    assert len(result.dropped) == 1


@pytest.mark.parametrize("share", [0.4, 0.7])
def test_a_day_after_some_changes_keeps_all_that_can_stay(share: float) -> None:
    problem = random_problem(8, 250, (40, 40), 12, share, 40)
    first = schedule(problem)
    fewer = problem.left_free.copy()
    fewer[:3, :6] = False
    kept = np.arange(10, 250)
    after = ScheduleProblem(problem.meetings[kept], fewer, problem.right_free, problem.tables)
    result = replan(after, Standing(first.slot[kept], first.table[kept]))
    assert_holds(after, result.schedule)
    assert result.schedule.bound - result.schedule.value <= 2
    assert len(result.stayed) <= result.most_staying <= len(first.slot)
    told = [*result.stayed, *result.moved, *result.dropped, *result.added]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("before", "fact"),
    [
        (Standing(np.array([0]), np.array([0, 0, 0])), r"slot before must be \(3,\)"),
        (
            Standing(np.array([0, 1, -1]), np.array([0, 1])),
            r"table before must be \(3,\) whole numbers",
        ),
        (stood(0, 2, -1), "stood in none of the 2 slots"),
        (stood(0, -2, -1), "stood in none of the 2 slots"),
    ],
)
def test_a_standing_about_something_else_is_refused(before: Standing, fact: str) -> None:
    with pytest.raises(BadInput, match=fact):
        replan(crowd_out()[0], before)


def test_a_negative_number_of_moves_is_refused() -> None:
    with pytest.raises(BadInput, match="moves_for_one must be 0 or more"):
        replan(*crowd_out(), moves_for_one=-1)


def test_a_re_plan_can_be_stopped_and_tells_how_far_it_is() -> None:
    told: list[Any] = []
    replan(*crowd_out(), progress=told.append)
    assert told[0].stage == "relaxation"
    with pytest.raises(Cancelled, match="relaxation"):
        replan(*crowd_out(), cancelled=lambda: True)
