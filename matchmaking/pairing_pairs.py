"""A set of pairs, held by rows: small enough for millions of exclusions."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from matchmaking.scorers import IntArray


@dataclass(frozen=True)
class PairSet:
    """Pairs (row, column) without doubles, in compressed rows.

    The columns of row i are columns[starts[i]:starts[i + 1]], ascending.
    """

    starts: IntArray
    columns: IntArray
    width: int

    @classmethod
    def of(cls, pairs: IntArray, shape: tuple[int, int]) -> Self:
        """Take (k, 2) pairs in any order, doubles allowed."""
        keys = _keys(pairs, shape[1])
        if len(keys) and not (keys[1:] > keys[:-1]).all():
            keys = without_doubles(keys)
        rows = keys // max(1, shape[1])
        starts = np.zeros(shape[0] + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=shape[0]), out=starts[1:])
        return cls(starts, (keys - rows * shape[1]).astype(np.int32), shape[1])

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def height(self) -> int:
        """How many rows there are, empty ones included."""
        return len(self.starts) - 1

    def row(self, index: int) -> IntArray:
        """Return the columns of one row, ascending."""
        return self.columns[self.starts[index] : self.starts[index + 1]]

    def among(self, rows: IntArray, columns: IntArray) -> "PairSet":
        """Keep the pairs of some rows with some columns (both ascending), and count anew."""
        place = np.full(self.width, -1, np.int64)
        place[columns] = np.arange(len(columns))
        counts = np.diff(self.starts)[rows]
        skipped = self.starts[rows] - (np.cumsum(counts) - counts)
        there = place[self.columns[np.arange(counts.sum()) + np.repeat(skipped, counts)]]
        here = np.repeat(np.arange(len(rows)), counts)
        pairs = np.column_stack((here[there >= 0], there[there >= 0]))
        return PairSet.of(pairs, (len(rows), len(columns)))

    def within(self, first: int, last: int) -> tuple[IntArray, IntArray]:
        """Rows (counted from `first`) and columns of the pairs in rows first..last-1."""
        counts = np.diff(self.starts[first : last + 1])
        rows = np.repeat(np.arange(last - first, dtype=np.int32), counts)
        return rows, self.columns[self.starts[first] : self.starts[last]]

    def pairs(self) -> IntArray:
        """All pairs as (k, 2), sorted by row and column."""
        rows, columns = self.within(0, self.height)
        return np.column_stack((rows, columns)).astype(np.int32, copy=False)

    def holds(self, pairs: IntArray) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Which of the (k, 2) pairs are in the set, (k,) booleans."""
        counts = np.diff(self.starts)
        keys = np.repeat(np.arange(self.height) * self.width, counts) + self.columns
        asked = _keys(pairs, self.width)
        place = np.searchsorted(keys, asked)
        found = np.zeros(len(asked), bool)
        inside = place < len(keys)
        found[inside] = keys[place[inside]] == asked[inside]
        return found


def without_doubles(numbers: IntArray) -> IntArray:
    """Return the different numbers, ascending.

    By sorting: `np.unique` hashes whole numbers, which takes five times as long for millions.
    """
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    different: IntArray = ordered[first]
    return different


def _keys(pairs: IntArray, width: int) -> IntArray:
    return pairs[:, 0].astype(np.int64) * width + pairs[:, 1]
