"""Small schedules to the end: integer programming by branch and cut (HiGHS)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from matchmaking.schedule_openings import Openings
from matchmaking.scorers import IntArray

SMALL = 1000
_NODES = 500


@dataclass(frozen=True)
class Exact:
    """Slots (k,), -1 for none; their value; and what nothing can exceed (equal when proven)."""

    slot_of: IntArray
    value: int
    bound: int


def exact(openings: Openings) -> Exact | None:
    """Solve openings in a given number of nodes; None when not even one answer came of it."""
    programme = milp(
        -openings.value.astype(float),
        integrality=np.ones(len(openings.value)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(openings.rows, ub=openings.limits),
        options={"node_limit": _NODES, "mip_rel_gap": 0.0},
    )
    if programme.x is None:
        return None
    taken = np.flatnonzero(programme.x > 0.5)
    slot_of = np.full(len(openings.meetings), -1)
    slot_of[openings.meeting[taken]] = openings.slot[taken]
    bound = int(np.floor(-programme.mip_dual_bound + 1e-6))
    return Exact(slot_of, int(openings.value[taken].sum()), bound)
