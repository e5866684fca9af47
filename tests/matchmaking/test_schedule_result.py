"""What a schedule says of itself."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matchmaking.errors import Cancelled
from matchmaking.schedule import Replan, Schedule, ScheduleProgress
from matchmaking.schedule_result import ScheduleWatch


def made(slots: list[int], value: int, bound: int) -> Schedule:
    slot = np.array(slots)
    return Schedule(slot, np.minimum(slot, 0), (), value, bound)


def test_placed_meetings_and_the_slots_in_use_are_counted() -> None:
    result = made([3, -1, 3, 0], 3, 4)
    assert (result.placed, result.slots) == (3, 2)


def test_a_schedule_is_optimal_when_its_bound_is_reached() -> None:
    assert made([0], 1, 1).optimal
    assert not made([0], 1, 2).optimal


@pytest.mark.parametrize(("most", "proven"), [(2, True), (3, False)])
def test_the_fewest_have_moved_when_as_many_stay_as_can(most: int, proven: bool) -> None:
    result = Replan(made([0, 1, 2], 3, 3), (0, 1), (2,), (), (), most)
    assert result.fewest_moves is proven


def test_progress_is_passed_on() -> None:
    told: list[ScheduleProgress] = []
    step = ScheduleProgress("repair", 1, 2)
    ScheduleWatch(told.append).report(step)
    ScheduleWatch().report(step)
    assert told == [step]


def test_who_stops_a_run_is_asked_before_anything_is_told() -> None:
    told: list[ScheduleProgress] = []
    with pytest.raises(Cancelled, match="stopped during: exact"):
        ScheduleWatch(told.append, lambda: True).report(ScheduleProgress("exact", 0, 1))
    assert told == []


def test_a_run_that_nobody_stops_goes_on() -> None:
    ScheduleWatch(cancelled=lambda: False).report(ScheduleProgress("relaxation", 0, 2))


def test_who_only_reads_schedules_does_not_load_the_constraint_solver() -> None:
    code = "import sys, matchmaking.schedule; print('pandas' in sys.modules)"
    run = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "False"
