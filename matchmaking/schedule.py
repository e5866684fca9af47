"""Who meets when: meetings into slots, and again after a change. The room's public door."""

from collections.abc import Callable

import numpy as np

from matchmaking.errors import BadInput
from matchmaking.schedule_open import open_slots
from matchmaking.schedule_openings import Openings
from matchmaking.schedule_problem import BoolArray, ScheduleProblem
from matchmaking.schedule_reasons import unplaced
from matchmaking.schedule_replan import Replacement, Standing, check_standing, replaced
from matchmaking.schedule_result import (
    Replan,
    Schedule,
    ScheduleProgress,
    ScheduleWatch,
    Unplaced,
)
from matchmaking.schedule_tables import tables_of
from matchmaking.schedule_windows import placed
from matchmaking.scorers import IntArray

__all__ = [
    "Replan",
    "Schedule",
    "ScheduleProblem",
    "ScheduleProgress",
    "Standing",
    "Unplaced",
    "replan",
    "schedule",
]

_FIRST_HEAT, _LAST_HEAT = 0.145, 0.05


def schedule(
    problem: ScheduleProblem,
    *,
    seed: int = 0,
    progress: Callable[[ScheduleProgress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Schedule:
    """Place as much worth of meetings as can be found, and bound what could be placed at all.

    Where everybody is free the answer is exact, and takes as few slots as the busiest person and
    the tables allow (for tables that differ from slot to slot: as few as this way finds). Else it
    is at least as good as placing the most constrained meetings first. The same problem and seed
    give the same schedule.

    Raises
    ------
    Cancelled
        When `cancelled` says so; it is asked at every report of progress.
    """
    slot_of = open_slots(problem)
    if slot_of is not None:
        return _told(problem, slot_of, int(problem.worths[slot_of >= 0].sum()))
    worth = np.repeat(problem.worths[:, None], problem.shape[2], axis=1)
    typical = float(problem.worths.mean())
    heat = (_FIRST_HEAT * typical, _LAST_HEAT * typical)
    watch = ScheduleWatch(progress, cancelled)
    found = placed(Openings.of(problem, worth), heat, seed=seed, watch=watch)
    return _told(problem, _with_pins(problem, found.slot_of), found.bound + _pinned_worth(problem))


def replan(
    problem: ScheduleProblem,
    before: Standing,
    *,
    moves_for_one: int | None = None,
    seed: int = 0,
    progress: Callable[[ScheduleProgress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Replan:
    """Place the most worth of meetings anew and, among such schedules, move the fewest.

    Parameters
    ----------
    problem
        What is to be placed now: without what was cancelled, with what is new.
    before
        Where its meetings stood.
    moves_for_one
        One more meeting of worth 1 is placed only if at most so many others leave their slot for
        it; None: at any price.

    Raises
    ------
    BadInput
        When `before` is not about the problem's meetings and slots.
    Cancelled
        When `cancelled` says so.
    """
    check_standing(before, problem)
    if moves_for_one is not None and moves_for_one < 0:
        raise BadInput(f"moves_for_one must be 0 or more, or None, not {moves_for_one}")
    watch = ScheduleWatch(progress, cancelled)
    found = replaced(problem, before.slot, moves_for_one, seed=seed, watch=watch)
    return _compared(problem, before, found)


def _compared(problem: ScheduleProblem, before: Standing, found: Replacement) -> Replan:
    old, new = before.slot, _with_pins(problem, found.slot_of)
    stood, stands = old >= 0, new >= 0
    wanted = np.where(old == new, before.table, -1)
    pinned_stay = int(((problem.pins >= 0) & (problem.pins == old)).sum())
    return Replan(
        schedule=_told(problem, new, found.most_worth + _pinned_worth(problem), wanted),
        stayed=_named(stood & (old == new)),
        moved=_named(stood & stands & (old != new)),
        dropped=_named(stood & ~stands),
        added=_named(~stood & stands),
        most_staying=found.most_staying + pinned_stay,
    )


def _told(
    problem: ScheduleProblem, slot_of: IntArray, bound: int, wanted: IntArray | None = None
) -> Schedule:
    return Schedule(
        slot=slot_of,
        table=tables_of(problem, slot_of, wanted),
        unplaced=unplaced(problem, slot_of),
        value=int(problem.worths[slot_of >= 0].sum()),
        bound=bound,
    )


def _with_pins(problem: ScheduleProblem, slot_of: IntArray) -> IntArray:
    return np.where(problem.pins >= 0, problem.pins, slot_of)


def _pinned_worth(problem: ScheduleProblem) -> int:
    return int(problem.worths[problem.pins >= 0].sum())


def _named(which: BoolArray) -> tuple[int, ...]:
    return tuple(np.flatnonzero(which).tolist())
