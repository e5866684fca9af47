"""A schedule after a change: what stood stays as far as it can."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matchmaking.errors import BadInput
from matchmaking.schedule_openings import Openings
from matchmaking.schedule_problem import BoolArray, ScheduleProblem
from matchmaking.schedule_result import ScheduleWatch
from matchmaking.schedule_windows import bound_of, placed
from matchmaking.scorers import IntArray

_LOWEST_PRICE = 4
_STAY = 2
_HEAT = (0.145 * _STAY, 0.05 * _STAY)


@dataclass(frozen=True)
class Standing:
    """Where the meetings of a problem stood before it changed.

    slot and table are (k,), for the meetings of the new problem in their order; -1 for those that
    had none. Cancelled meetings are not in the new problem and so not in here.
    """

    slot: IntArray
    table: IntArray


@dataclass(frozen=True)
class Replacement:
    """New slots (k,), -1 also for the pinned; what follows counts the others only.

    `worth` and `staying` are reached; no placement exceeds `most_worth`, and none of this worth has
    more than `most_staying` in their old slot.
    """

    slot_of: IntArray
    worth: int
    staying: int
    most_worth: int
    most_staying: int


def check_standing(standing: Standing, problem: ScheduleProblem) -> None:
    """Refuse a standing that is not about this problem."""
    k, s = len(problem.meetings), problem.shape[2]
    for name, array in (("slot", standing.slot), ("table", standing.table)):
        if array.shape != (k,) or array.dtype.kind not in "iu":
            raise BadInput(f"{name} before must be ({k},) whole numbers, one a meeting")
    if ((standing.slot < -1) | (standing.slot >= s)).any():
        raise BadInput(f"a meeting stood in none of the {s} slots; number them as the problem does")


def replaced(
    problem: ScheduleProblem,
    before: IntArray,
    moves_for_one: int | None,
    *,
    seed: int,
    watch: ScheduleWatch,
) -> Replacement:
    """Place meetings anew, with a reward for each that stays in its slot `before` (k,).

    Placing one more meeting counts as much as `moves_for_one` meetings that stay, and half of one
    over; None: more than all of them. Then the price is doubled from a low one, at which the
    relaxation is sharp, until nothing more can be placed, or a search that proves nothing any more
    has not found anything better either.
    """
    stays = before[:, None] == np.arange(problem.shape[2])
    plain = Openings.of(problem, np.repeat(problem.worths[:, None], problem.shape[2], axis=1))
    may_stay = int(stays[plain.meeting, plain.slot].sum())
    best = Replacement(before, -1, -1, bound_of(plain), may_stay)
    for price in _doubled(may_stay) if moves_for_one is None else (moves_for_one,):
        if best.worth == best.most_worth:
            break
        answer = _at_price(problem, plain, stays, price, seed=seed, watch=watch)
        most = min(best.most_worth, answer.most_worth)
        better = (best.worth, best.staying) < (answer.worth, answer.staying)
        best = replace(answer if better else best, most_worth=most)
        if not better and answer.staying < answer.most_staying:
            break
    return best


def _doubled(most: int) -> Iterator[int]:
    """Double a price until it is `most`."""
    price = _LOWEST_PRICE
    while price < most:
        yield price
        price *= 2
    yield most


def _at_price(
    problem: ScheduleProblem,
    plain: Openings,
    stays: BoolArray,
    price: int,
    *,
    seed: int,
    watch: ScheduleWatch,
) -> Replacement:
    """Solve with one meeting placed worth `price` and a half that stay."""
    one, staying = 2 * price + 1, stays[plain.meeting, plain.slot]
    openings = replace(plain, value=one * plain.value + _STAY * staying)
    start = np.flatnonzero(staying)
    found = placed(openings, _HEAT, seed=seed, watch=watch, start=start)
    worth = int(problem.worths[found.slot_of >= 0].sum())
    return Replacement(
        found.slot_of,
        worth,
        (found.value - one * worth) // _STAY,
        found.bound // one if price >= len(start) else plain.ceiling,
        min((found.bound - one * worth) // _STAY, len(start)),
    )
