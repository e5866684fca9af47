"""Why a meeting has no slot, in codes and numbers."""

import numpy as np

from matchmaking.schedule_problem import ScheduleProblem
from matchmaking.schedule_result import Unplaced, Why
from matchmaking.scorers import IntArray


def unplaced(problem: ScheduleProblem, slot_of: IntArray) -> tuple[Unplaced, ...]:
    """Explain every meeting without a slot; see `Unplaced` for the codes."""
    n, m, s = problem.shape
    left_busy, right_busy = np.zeros((n, s), bool), np.zeros((m, s), bool)
    held = np.flatnonzero(slot_of >= 0)
    left_busy[problem.left[held], slot_of[held]] = True
    right_busy[problem.right[held], slot_of[held]] = True
    full = np.bincount(slot_of[held], minlength=s) >= problem.limits
    both_free = problem.both_free
    found = []
    for meeting in np.flatnonzero(slot_of < 0).tolist():
        left, right = problem.meetings[meeting].tolist()
        common = both_free[meeting]
        busy = left_busy[left] & common, right_busy[right] & common
        stuck = Unplaced(
            meeting=meeting,
            left=left,
            right=right,
            why="both-full",
            common=int(common.sum()),
            left_busy=int(busy[0].sum()),
            right_busy=int(busy[1].sum()),
            tables_full=int((full & common & ~busy[0] & ~busy[1]).sum()),
        )
        away = not problem.left_free[left].any(), not problem.right_free[right].any()
        found.append(_with_why(stuck, away))
    return tuple(found)


def _with_why(stuck: Unplaced, away: tuple[bool, bool]) -> Unplaced:
    facts: tuple[tuple[bool, Why], ...] = (
        (away[0], "left-away"),
        (away[1], "right-away"),
        (stuck.common == 0, "no-common-slot"),
        (stuck.tables_full > 0, "no-table"),
        (stuck.left_busy == stuck.common, "left-full"),
        (stuck.right_busy == stuck.common, "right-full"),
        (True, "both-full"),
    )
    why = next(code for holds, code in facts if holds)
    return Unplaced(**{**vars(stuck), "why": why})
