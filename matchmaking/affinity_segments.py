"""Reductions of passage similarities to person similarities, without a loop per pair.

Public: ``soft_best(left, right, rows, columns, sharpness)``.
"""

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity_side import IntVector, Segments
from matchmaking.encoders import FloatMatrix

TILE = 1 << 21
"""Passage pairs held at once: 8 MB, about what the caches of a small machine hold."""


def soft_best(
    left: Segments, right: Segments, rows: IntVector, columns: IntVector, sharpness: float
) -> FloatMatrix:
    """Return the soft best of all passage cosines of each pair of people.

    For people i, j with passages p, q of weights w (adding up to 1 for each person)::

        soft_best = log( sum_p sum_q w_p w_q exp(sharpness * cos(p, q)) ) / sharpness

    which is the mean of the cosines for a sharpness near 0 and their maximum for a large one. It
    is symmetric, every passage counts, and the best ones count most. Cost: one matrix product and
    one exponential per pair of passages.

    Parameters
    ----------
    rows, columns
        Numbers of people on the left and on the right.
    sharpness
        Above 0.

    Returns
    -------
    (len(rows), len(columns)) float32; minus infinity where either has no passage.
    """
    result = np.full((len(rows), len(columns)), -np.inf, np.float32)
    row_places = np.flatnonzero(left.counts[rows])
    column_places = np.flatnonzero(right.counts[columns])
    if len(row_places) and len(column_places):
        result[np.ix_(row_places, column_places)] = _tiled(
            left, right, rows[row_places], columns[column_places], sharpness
        )
    return result


def _tiled(
    left: Segments, right: Segments, rows: IntVector, columns: IntVector, sharpness: float
) -> FloatMatrix:
    result = np.empty((len(rows), len(columns)), np.float32)
    for column_part in _runs(right.counts[columns], int(TILE**0.5)):
        vectors, starts = _augmented(right, columns[column_part])
        # the last column of either side is its log weight, the one before it meets the other's
        across = np.ascontiguousarray(vectors[:, [*range(vectors.shape[1] - 2), -1, -2]].T)
        for row_part in _runs(left.counts[rows], max(1, TILE // len(vectors))):
            result[row_part, column_part] = _tile(
                _augmented(left, rows[row_part], sharpness), (across, starts), sharpness
            )
    return result


def _tile(
    down: tuple[FloatMatrix, IntVector], across: tuple[FloatMatrix, IntVector], sharpness: float
) -> FloatMatrix:
    terms = down[0] @ across[0]
    np.exp(terms, out=terms)
    sums = np.add.reduceat(terms, down[1], axis=0)
    sums = np.add.reduceat(sums, across[1], axis=1)
    best: FloatMatrix = np.log(sums, out=sums)
    best /= np.float32(sharpness)
    return best


def _augmented(
    side: Segments, people: IntVector, sharpness: float = 1.0
) -> tuple[FloatMatrix, IntVector]:
    """Take people's vectors times the sharpness, with a column of ones and one of log weights.

    So the matrix product alone gives sharpness * cos + log w_p + log w_q.
    """
    counts = side.counts[people]
    starts = np.concatenate([[0], np.cumsum(counts)])
    chosen = np.repeat(side.starts[people] - starts[:-1], counts) + np.arange(starts[-1])
    dimension = side.vectors.shape[1]
    augmented = np.empty((len(chosen), dimension + 2), np.float32)
    np.multiply(side.vectors[chosen], np.float32(sharpness), out=augmented[:, :dimension])
    augmented[:, dimension] = 1.0
    np.log(side.weights[chosen], out=augmented[:, dimension + 1])
    return augmented, starts[:-1]


def _runs(counts: IntVector, size: int) -> list[slice]:
    """Cut people into runs of at most ``size`` passages, at least one person each."""
    ends = np.cumsum(counts)
    runs: list[slice] = []
    first = 0
    while first < len(counts):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + size, side="right")))
        runs.append(slice(first, last))
        first = last
    return runs


def cosines(left: Segments, right: Segments, row: int, column: int) -> NDArray[np.float32]:
    """Return the cosines of one person's passages with another's, (passages, passages)."""
    a = left.vectors[left.starts[row] : left.starts[row + 1]].astype(np.float32)
    b = right.vectors[right.starts[column] : right.starts[column + 1]].astype(np.float32)
    product: NDArray[np.float32] = a @ b.T
    return product
