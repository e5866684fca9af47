"""Everybody's best partners by some measure, kept while all pairs pass by in tiles."""

from dataclasses import dataclass

import numpy as np

from matchmaking.scorers import FloatArray, IntArray


@dataclass(frozen=True)
class Best:
    """The best others of each person, best first.

    Attributes
    ----------
    values
        (people, few) float64 what each pair is worth, -inf where a person has fewer.
    others
        (people, few) who they are; without meaning where the value is -inf.
    """

    values: FloatArray
    others: IntArray


class BestSoFar:
    """Keeps the `few` pairs of most merit of each person; a tile costs one partition of it."""

    def __init__(self, people: int, few: int) -> None:
        self._merit = np.full((people, few), -np.inf)
        self._values = np.full((people, few), -np.inf)
        self._others = np.zeros((people, few), np.int32)

    def offer(self, first: int, first_other: int, merit: FloatArray, values: FloatArray) -> None:
        """Take in the merit and the values (p, q) of pairs of people and others from these on."""
        few = self._merit.shape[1]
        if few == 0:
            return
        places = _largest(merit, few)
        rows = slice(first, first + len(merit))
        merit = np.take_along_axis(merit, places, axis=1)
        both = np.concatenate((self._merit[rows], merit), axis=1)
        values = np.take_along_axis(values, places, axis=1)
        values = np.concatenate((self._values[rows], values), axis=1)
        others = np.concatenate((self._others[rows], first_other + places), axis=1)
        places = _largest(both, few)
        self._merit[rows] = np.take_along_axis(both, places, axis=1)
        self._values[rows] = np.take_along_axis(values, places, axis=1)
        self._others[rows] = np.take_along_axis(others, places, axis=1)

    def best(self) -> Best:
        """Return what was kept, in order of merit."""
        order = np.argsort(-self._merit, axis=1, kind="stable")
        merit = np.take_along_axis(self._merit, order, axis=1)
        values = np.take_along_axis(self._values, order, axis=1)
        return Best(
            np.where(merit > -np.inf, values, -np.inf),
            np.take_along_axis(self._others, order, axis=1),
        )


def _largest(merit: FloatArray, few: int) -> IntArray:
    """Return where the `few` largest of each row are, or all where there are no more."""
    rest = merit.shape[1] - few
    if rest <= 0:
        return np.broadcast_to(np.arange(merit.shape[1]), merit.shape)
    return np.argpartition(merit, rest, axis=1)[:, rest:]
