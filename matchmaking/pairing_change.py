"""The fewest unit changes that serve one person whom a pairing leaves short.

A unit change is one more place at somebody, or one lifted exclusion; everybody else keeps the
minimum that they have. Every further partner costs at least one: otherwise an alternating path
would have served the person already. One is enough for an allowed person, whose most is raised,
and for an excluded one who can be given room by moving others; an excluded person without room
costs two. So the fewest changes are found by counting, and only the middle kind needs a search.
"""

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_reroute import Facing, Rerouting
from matchmaking.pairing_result import Lift, Raise, Side, SmallestChange
from matchmaking.scorers import FloatArray, IntArray


def smallest_change(
    facing: Facing, liftable: PairSet, side: Side, person: int, missing: int, scores: FloatArray
) -> SmallestChange:
    """Return the change for one person, who is `missing` partners.

    Parameters
    ----------
    facing
        The pairing as the person's side sees it, with the bounds that everybody keeps.
    liftable
        Exclusions (near, far) that may be proposed for lifting.
    side, person, missing
        Who is short, by how much.
    scores
        Of the person with everybody of the far side: among equal changes the best are proposed.
    """
    closed = np.zeros(facing.partners.width, bool)
    closed[facing.fixed.row(person)] = True
    closed[facing.partners.row(person)] = True
    # people who take part before those who do not, and then the best first
    order = np.lexsort((-scores, facing.far.most == 0))
    raised = order[~closed[order]][:missing].tolist()
    lifted = _lifted(facing, liftable, person, missing - len(raised), order)
    # who was lifted without room must be raised as well
    raises = raised + lifted[1]
    lifts = lifted[0] + lifted[1]
    far: Side = "right" if side == "left" else "left"
    return SmallestChange(
        raises=tuple(Raise(far, index, 1) for index in raises),
        lifts=tuple(
            Lift(person, index) if side == "left" else Lift(index, person) for index in lifts
        ),
        lower_least=missing - len(raised) - len(lifts),
    )


def _lifted(
    facing: Facing, liftable: PairSet, person: int, wanted: int, order: IntArray
) -> tuple[list[int], list[int]]:
    """Choose exclusions to lift: those with room, and as many more without as are wanted."""
    able: NDArray[np.bool_] = np.zeros(facing.partners.width, bool)
    able[liftable.row(person)] = True
    able[facing.partners.row(person)] = False
    candidates = order[able[order]]
    degree = np.bincount(facing.partners.columns, minlength=facing.partners.width)
    roomy = candidates[degree[candidates] < facing.far.most[candidates]]
    if len(roomy) >= wanted or len(roomy) == len(candidates):
        return roomy[: max(0, wanted)].tolist(), []
    # too few have room as it is: make some, from the beginning, for as many as possible
    rerouting = Rerouting(facing, person)
    with_room: list[int] = []
    while len(with_room) < wanted:
        got = rerouting.free_one(far for far in candidates.tolist() if far not in with_room)
        if got is None:
            break
        with_room.append(got)
    rest = [far for far in candidates.tolist() if far not in with_room]
    return with_room, rest[: wanted - len(with_room)]
