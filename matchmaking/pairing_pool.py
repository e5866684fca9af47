"""The pairs that the flow may choose from, with their exact values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_pairs import without_doubles
from matchmaking.pairing_prices import Prices
from matchmaking.pairing_tiles import AllowedValues, Tile
from matchmaking.scorers import FloatArray, IntArray


@dataclass(frozen=True)
class Pool:
    """Pairs without doubles, sorted by row and column, (k,) each; values are float64."""

    rows: IntArray
    columns: IntArray
    values: FloatArray

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def of(cls, allowed: AllowedValues, rows: IntArray, columns: IntArray) -> "Pool":
        """Look up the values of pairs in any order, doubles allowed."""
        keys = without_doubles(rows.astype(np.int64) * max(1, allowed.shape[1]) + columns)
        rows, columns = (
            part.astype(np.int32) for part in np.divmod(keys, max(1, allowed.shape[1]))
        )
        return cls(rows, columns, allowed.of_pairs(rows, columns))

    def take(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> "Pool":
        """Return some of the pairs, in this order."""
        return Pool(self.rows[places], self.columns[places], self.values[places])

    def with_others(self, other: "Pool") -> "Pool":
        """Join two pools that have no pair in common."""
        rows = np.concatenate((self.rows, other.rows))
        columns = np.concatenate((self.columns, other.columns))
        joined = Pool(rows, columns, np.concatenate((self.values, other.values)))
        return joined.take(np.lexsort((columns, rows)))

    def within(self, tile: Tile) -> tuple[IntArray, IntArray]:
        """Rows and columns of the pairs in a tile, counted from its corner."""
        start, stop = np.searchsorted(self.rows, (tile.top, tile.bottom))
        rows, columns = self.rows[start:stop], self.columns[start:stop]
        inside = (columns >= tile.first) & (columns < tile.last)
        return rows[inside] - np.int32(tile.top), columns[inside] - np.int32(tile.first)

    def margins(self, prices: Prices) -> FloatArray:
        """Value less both prices, (k,)."""
        rest: FloatArray = self.values - prices.left[self.rows] - prices.right[self.columns]
        return rest


def among_best(keys: IntArray, margins: FloatArray, few: int) -> NDArray[np.bool_]:
    """Tell which entries are among the `few` of highest margin with the same key."""
    span = float(np.ptp(margins)) + 1.0 if len(margins) else 1.0
    # one float to sort by: the key, and below it the margin as a fraction
    order = np.argsort(keys + (margins.max(initial=0.0) - margins) / (2 * span))
    rank = np.empty(len(keys), np.int64)
    ordered = keys[order]
    rank[order] = np.arange(len(keys)) - np.searchsorted(ordered, ordered)
    return rank < few
