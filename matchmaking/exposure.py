"""How evenly people are shown to others: on how many lists each stands, and who stands on none.

Public: ``Lists``, ``top_lists(pairs, length, price)``, ``Exposure``, ``exposure(counts)``.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput
from matchmaking.near_pairs import NearPairs

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """The first places of everybody's list, as the left people read them.

    Parameters
    ----------
    counts
        (right,) on how many of the lists each person on the right stands.
    affinity
        The mean score of all places; 0 without any.
    """

    counts: Counts
    affinity: float


@dataclass(frozen=True, slots=True)
class Exposure:
    """How evenly lists show people.

    Parameters
    ----------
    people
        How many could be shown.
    never
        How many stand on no list.
    gini
        0 when all are shown equally often, towards 1 when few are shown on all lists.
    most
        On how many lists the one shown most often stands.
    """

    people: int
    never: int
    gini: float
    most: int


def top_lists(pairs: NearPairs, length: int, price: NDArray[np.floating] | None = None) -> Lists:
    """Make everybody's list on the left and count who stands in its first places.

    Parameters
    ----------
    length
        How many places count, 1 or more.
    price
        (right,) what is taken off a person's score for the order; None for the score itself.
    """
    if length < 1:
        raise BadInput("a list has one place or more")
    value = pairs.score if price is None else pairs.score - price[pairs.right].astype(np.float32)
    order = np.lexsort((pairs.right, -value, pairs.left))
    left = pairs.left[order]
    place = np.arange(len(left)) - np.searchsorted(left, left)
    shown = order[place < length]
    counts = np.bincount(pairs.right[shown], minlength=pairs.shape[1])
    mean = float(pairs.score[shown].mean()) if len(shown) else 0.0
    return Lists(counts.astype(np.int64), mean)


def exposure(counts: Counts | Collection[int]) -> Exposure:
    """Sum up on how many lists everybody of a side stands.

    The Gini coefficient is the mean difference of any two people's counts over twice the mean
    (Gini, 1912); 0 where nobody is shown at all.
    """
    sizes = np.sort(np.asarray(counts, np.int64))
    total, people = int(sizes.sum()), len(sizes)
    if not total:
        return Exposure(people, people, 0.0, 0)
    places = np.arange(1, people + 1)
    gini = float((2 * places - people - 1) @ sizes) / (people * total)
    return Exposure(people, int((sizes == 0).sum()), gini, int(sizes[-1]))
