"""The best pairs of everybody on both sides, found in one pass over all scores.

Public: ``NearPairs``, ``near_pairs(scorer, depth, forbidden, progress)``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput
from matchmaking.scorers import BlockScorer, IntArray

ROWS = 256
"""Left people scored at once: with 10,000 on the right a block takes 10 MB."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class NearPairs:
    """Pairs that are among the best of either of the two, each once, by left and then by right.

    Parameters
    ----------
    shape
        How many people there are on the left and on the right.
    left, right
        (e,) numbers of the two people of each pair.
    score
        (e,) float32.
    """

    shape: tuple[int, int]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    score: NDArray[np.float32]

    def mirrored(self) -> "NearPairs":
        """Return the same pairs with the sides exchanged."""
        order = np.lexsort((self.left, self.right))
        shape = (self.shape[1], self.shape[0])
        return NearPairs(shape, self.right[order], self.left[order], self.score[order])


def near_pairs(
    scorer: BlockScorer,
    depth: int,
    forbidden: IntArray | None = None,
    progress: Progress = lambda _done, _of: None,
) -> NearPairs:
    """Find for everybody the ``depth`` best allowed people of the other side.

    Every pair is scored once, in blocks of rows; the best so far of each column are carried along.
    Of equal scores at the end of somebody's list, which one is kept is settled by the order of
    numbers in memory and not by chance.

    Parameters
    ----------
    depth
        1 or more; fewer come where fewer are allowed.
    forbidden
        (k, 2) pairs that are left out.
    progress
        Is told after each block how many left people are done, and of how many.
    """
    if depth < 1:
        raise BadInput("ask for one pair or more")
    rows, columns = scorer.shape
    barred = np.zeros((0, 2), np.int64) if forbidden is None else np.asarray(forbidden, np.int64)
    barred = barred[np.argsort(barred[:, 0], kind="stable")]
    best = _Columns(columns, min(depth, max(rows, 1)))
    found: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float32]] = []
    for start in range(0, rows, ROWS):
        some = np.arange(start, min(start + ROWS, rows))
        block = scorer.score(some, np.arange(columns)).astype(np.float32)
        first, last = np.searchsorted(barred[:, 0], (start, start + len(some)))
        block[barred[first:last, 0] - start, barred[first:last, 1]] = -np.inf
        near = _best_of_rows(block, depth)
        found.append((near[0] + start) * columns + near[1])
        values.append(block[near])
        best.take(block, start)
        progress(start + len(some), rows)
    codes, scores = best.pairs()
    whole = np.concatenate([*found, codes]) if rows and columns else np.zeros(0, np.int64)
    score = np.concatenate([*values, scores]) if len(whole) else np.zeros(0, np.float32)
    unique, where = np.unique(whole, return_index=True)
    left, right = np.divmod(unique, max(columns, 1))
    return NearPairs((rows, columns), left.astype(np.int32), right.astype(np.int32), score[where])


def _best_of_rows(
    block: NDArray[np.float32], depth: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if depth >= block.shape[1]:
        rows, columns = np.nonzero(np.isfinite(block))
        return rows, columns
    chosen = np.argpartition(-block, depth - 1, axis=1)[:, :depth]
    rows = np.repeat(np.arange(len(block)), depth)
    columns = chosen.ravel()
    allowed = np.isfinite(block[rows, columns])
    return rows[allowed], columns[allowed]


class _Columns:
    """The best rows of every column, while blocks of rows pass by."""

    def __init__(self, columns: int, depth: int) -> None:
        self._depth, self._columns = depth, columns
        self._score = np.full((depth, columns), -np.inf, np.float32)
        self._row = np.full((depth, columns), -1, np.int64)

    def take(self, block: NDArray[np.float32], start: int) -> None:
        """Look through the next rows."""
        scores = np.concatenate([self._score, block])
        numbers = np.arange(start, start + len(block))[:, None]
        rows = np.concatenate([self._row, np.broadcast_to(numbers, block.shape)])
        kept = np.argpartition(-scores, self._depth - 1, axis=0)[: self._depth]
        self._score = np.take_along_axis(scores, kept, axis=0)
        self._row = np.take_along_axis(rows, kept, axis=0)

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the pairs as row * columns + column, and their scores."""
        there = np.isfinite(self._score)
        codes = self._row * self._columns + np.arange(self._columns)
        return codes[there], self._score[there]
