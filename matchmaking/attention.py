"""What the others' attention to a person costs, so that lists do not all show the same few.

Public: ``AttentionSettings``, ``attention_prices(pairs, settings)``.

If everybody reads the same first places, some are on all lists and many on none. Say that every
reader may read ``length`` people, that nobody can be read by more than ``most`` and everybody
should be by ``least``; which reading has the largest total affinity? That is a transport problem,
and its dual prices say what one more reader of a person would cost the others. A list in the order
of affinity less price is that best reading: whoever is in demand with everybody comes a little
later where the fit is no better than another's, whoever is found by nobody comes a little earlier.
Prices may be negative.

The dual function is convex and its subgradient is the excess demand, so the prices are found by
raising what is in demand and lowering what is not, in ever smaller steps (Shor, "Minimization
Methods for Non-Differentiable Functions", 1985; Bertsekas, "Auction algorithms", 1992, is the
same idea with one bidder at a time), and averaging the later ones.
"""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput
from matchmaking.near_pairs import NearPairs

WIDTH = 400
"""So many of a reader's best pairs are looked at; lists are some tens long."""
Prices = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AttentionSettings:
    """How evenly attention is to be spread.

    Parameters
    ----------
    length
        How many places of a list count, 1 or more.
    least, most
        The fewest and the most readers of a person, in shares of an even spread; in between,
        affinity alone decides.
    limit
        No price is beyond this, up or down, in units of the score: nobody is moved past somebody
        who fits clearly better.
    rounds
        How many steps are taken.
    """

    length: int = 10
    least: float = 0.5
    most: float = 1.5
    limit: float = 0.15
    rounds: int = 150

    def __post_init__(self) -> None:
        if self.length < 1 or self.rounds < 2 or not self.limit >= 0:
            raise BadInput("length and rounds must be positive and limit not negative")
        if not 0 <= self.least <= 1 <= self.most:
            raise BadInput("least must be in [0, 1] and most 1 or more")


def attention_prices(pairs: NearPairs, settings: AttentionSettings | None = None) -> Prices:
    """Return the price of everybody on the right, as the left people read them.

    Parameters
    ----------
    pairs
        Everybody's best pairs, some times ``length`` deep on both sides: who is not among them
        cannot be moved into a list. ``pairs.mirrored()`` gives the other side's prices.

    Returns
    -------
    (right,) prices, to be taken off scores.
    """
    settings = settings or AttentionSettings()
    readers, people = pairs.shape
    if not len(pairs.score):
        return np.zeros(people)
    table = _Table(pairs)
    even = readers * settings.length / people
    low, high = floor(settings.least * even), ceil(settings.most * even)
    step = table.spread(settings.length)
    price, total = np.zeros(people), np.zeros(people)
    half = settings.rounds // 2
    for number in range(settings.rounds):
        demand = table.demand(price, settings.length)
        # a price above 0 is of the upper bound, one below 0 of the lower
        aim = np.where(price > 0, high, np.where(price < 0, low, demand.clip(low, high)))
        excess = ((demand - aim) / max(1, high)).clip(-1, 3)
        moved = price + step / (1 + number) ** 0.5 * excess
        # what crosses 0 stops there first: there the other bound begins
        price = np.where(price * moved < 0, 0, moved).clip(-settings.limit, settings.limit)
        if number >= half:
            total += price
    return total / (settings.rounds - half)


class _Table:
    """Every reader's best pairs in one row, filled up with minus infinity."""

    def __init__(self, pairs: NearPairs) -> None:
        order = np.lexsort((-pairs.score, pairs.left))
        left = pairs.left[order]
        place = np.arange(len(left)) - np.searchsorted(left, left)
        # somebody who is near to very many would make every row as long as theirs
        near = place < WIDTH
        order, left, place = order[near], left[near], place[near]
        shape = pairs.shape[0], int(place.max()) + 1
        self._people = pairs.shape[1]
        self._score = np.full(shape, -np.inf, np.float32)
        self._score[left, place] = pairs.score[order]
        self._who = np.zeros(shape, np.int64)
        self._who[left, place] = pairs.right[order]

    def demand(self, price: Prices, length: int) -> NDArray[np.int64]:
        """Count who stands on how many lists at these prices."""
        value = self._score - price.astype(np.float32)[self._who]
        if length < value.shape[1]:
            chosen = np.argpartition(-value, length - 1, axis=1)[:, :length]
        else:
            chosen = np.broadcast_to(np.arange(value.shape[1]), value.shape)
        taken = np.isfinite(np.take_along_axis(value, chosen, axis=1))
        who = np.take_along_axis(self._who, chosen, axis=1)[taken]
        return np.bincount(who, minlength=self._people)

    def spread(self, length: int) -> float:
        """Give how far apart the first and the last place of a list are, in the middle."""
        counts = np.isfinite(self._score).sum(axis=1)
        last = (np.minimum(counts, length) - 1).clip(0)
        with np.errstate(invalid="ignore"):  # whoever has no pair at all
            gap = self._score[:, 0] - self._score[np.arange(len(last)), last]
        gap = gap[gap > 0]
        return float(np.median(gap)) if len(gap) else 0.01
