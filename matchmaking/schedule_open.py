"""Schedules where everybody is free: in as few slots as can be, without a search."""

import numpy as np

from matchmaking.schedule_choice import busiest, worth_keeping
from matchmaking.schedule_colouring import Colouring, within_tables
from matchmaking.schedule_problem import ScheduleProblem
from matchmaking.scorers import IntArray


def open_slots(problem: ScheduleProblem) -> IntArray | None:
    """Place the most valuable meetings there is room for; (k,) slots, -1 for none; exact.

    Slots that have tables and in which everybody is free are enough if nobody has more meetings
    than there are such slots, and no more meetings than tables. Then all are placed, in as many
    slots as the busiest person has meetings or the tables demand, whichever is more. If there are
    no other slots, a flow chooses what to place. In all other cases, and if meetings are pinned,
    return None.
    """
    if (problem.pins >= 0).any():
        return None
    usable = problem.limits > 0
    whole = np.flatnonzero(usable & problem.both_free.all(axis=0))
    everything = np.arange(len(problem.meetings))
    kept = everything
    if busiest(problem, kept) > len(whole) or len(kept) > problem.limits[whole].sum():
        if len(whole) < usable.sum():
            return None
        room = int(min(problem.limits[whole].sum(), len(kept)))
        kept = np.flatnonzero(worth_keeping(problem, len(whole), room))
    return _coloured(problem, whole, kept)


def _coloured(problem: ScheduleProblem, whole: IntArray, kept: IntArray) -> IntArray | None:
    """Colour the kept meetings with as few of the slots as this way can."""
    slot_of = np.full(len(problem.meetings), -1)
    if not len(kept):
        return slot_of
    roomiest = whole[np.argsort(-problem.limits[whole], kind="stable")]
    room = np.cumsum(problem.limits[roomiest])
    fewest = max(busiest(problem, kept), int(np.searchsorted(room, len(kept))) + 1)
    n, m, _ = problem.shape
    for count in range(fewest, len(whole) + 1):
        chosen = np.sort(roomiest[:count])
        colouring = Colouring(problem.meetings[kept], (n, m), count)
        places = within_tables(colouring, problem.limits[chosen].tolist())
        if places is not None:
            slot_of[kept] = chosen[np.array(places)[colouring.colour]]
            return slot_of
    return None
