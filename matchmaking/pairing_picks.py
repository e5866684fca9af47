"""The few best pairs of everybody, picked out of tiles that pass by once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_tiles import Tile
from matchmaking.scorers import FloatArray, IntArray


@dataclass(frozen=True)
class Picks:
    """Pairs and what recommends them, (k,) each.

    `complete` says that every pair with a positive margin is among them.
    """

    rows: IntArray
    columns: IntArray
    margins: FloatArray
    complete: bool

    def __len__(self) -> int:
        return len(self.rows)


_NOTHING = Picks(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32), True)


class Picker:
    """Keeps the pairs that are among the best `few` of their row or of their column.

    A person's bar is a lower bound on their `few`-th best margin: the `few`-th best of the maxima
    of disjoint groups of pairs. Only what clears a bar is kept, so a tile of a million pairs costs
    a handful of passes over it and no sorting; slightly more than `few` are kept of most people.

    Parameters
    ----------
    shape
        (n, m).
    few
        How many of everybody's pairs to keep, on the left and on the right.
    """

    def __init__(self, shape: tuple[int, int], few: tuple[int, int]) -> None:
        # above -inf, which stands for pairs that may not be picked
        lowest = np.finfo(np.float32).min
        self._best_left = np.full((few[0], shape[0]), lowest, np.float32)
        self._best_right = np.full((few[1], shape[1]), lowest, np.float32)
        self._kept: list[Picks] = []

    def offer(self, tile: Tile, margins: NDArray[np.float32]) -> None:
        """Look at a tile of margins, -inf for pairs that may not be picked."""
        left = self._best_left[:, tile.top : tile.bottom]
        right = self._best_right[:, tile.first : tile.last]
        _raise_bars(left, margins.T)
        _raise_bars(right, margins)
        clears = margins >= left.min(axis=0)[:, None]
        clears |= margins >= right.min(axis=0)
        flat = np.flatnonzero(clears)
        rows, columns = np.divmod(flat.astype(np.int32), np.int32(margins.shape[1]))
        rows += np.int32(tile.top)
        columns += np.int32(tile.first)
        self._kept.append(Picks(rows, columns, margins.reshape(-1)[flat], complete=False))

    def picks(self) -> Picks:
        """Return what clears the final bars, tile by tile."""
        bar_left, bar_right = self._best_left.min(axis=0), self._best_right.min(axis=0)
        kept = [_NOTHING]
        for part in self._kept:
            keep = part.margins >= np.minimum(bar_left[part.rows], bar_right[part.columns])
            kept.append(
                Picks(part.rows[keep], part.columns[keep], part.margins[keep], complete=False)
            )
        return Picks(
            np.concatenate([part.rows for part in kept]),
            np.concatenate([part.columns for part in kept]),
            np.concatenate([part.margins for part in kept]),
            complete=bool((bar_left <= 0).all() or (bar_right <= 0).all()),
        )


def _raise_bars(best: NDArray[np.float32], margins: NDArray[np.float32]) -> None:
    """Take a tile's columns into the best so far, (few, columns), in place."""
    few, height = len(best), len(margins)
    groups = min(height, 3 * few)
    deep = height // groups
    tops = margins[: groups * deep].reshape(deep, groups, -1).max(axis=0)
    better = np.flatnonzero(tops.max(axis=0) > best.min(axis=0))
    both = np.concatenate((best[:, better], tops[:, better]))
    best[:, better] = np.partition(both, groups, axis=0)[groups:]
