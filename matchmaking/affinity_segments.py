"""Reductions of passage similarities to person similarities, without a loop per pair.

Public: ``soft_best(left, right, rows, columns, sharpness)``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity_side import IntVector, Segments, StoredMatrix
from matchmaking.encoders import FloatMatrix
from matchmaking.threads import one_blas_thread

_ACROSS = 2048
"""Passages of the right side taken at once; with ``_DOWN`` a product stays in the cache."""
_DOWN = 192


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
    row_places = np.flatnonzero(left.counts_of(rows))
    column_places = np.flatnonzero(right.counts_of(columns))
    if len(row_places) and len(column_places):
        result[np.ix_(row_places, column_places)] = _tiled(
            left, right, rows[row_places], columns[column_places], sharpness
        )
    return result


def _tiled(
    left: Segments, right: Segments, rows: IntVector, columns: IntVector, sharpness: float
) -> FloatMatrix:
    result = np.empty((len(rows), len(columns)), np.float32)
    parts = [
        (part, _Rows.of(left, rows[part], sharpness)) for part in _runs(left.counts_of(rows), _DOWN)
    ]
    with one_blas_thread():
        for across in _runs(right.counts_of(columns), _ACROSS):
            there = _Rows.of(right, columns[across])
            for part, down in parts:
                result[part, across] = _sums(down, there)
    np.log(result, out=result)
    result /= np.float32(sharpness)
    return result


def _sums(down: "_Rows", across: "_Rows") -> FloatMatrix:
    """Return sum_p sum_q w_p w_q exp(p . q) of each pair of people."""
    terms = down.vectors @ across.vectors.T
    np.exp(terms, out=terms)
    # a product with the weights adds up rows, several times faster than reduceat along them
    sums = down.spread() @ terms
    sums *= across.weights
    total: FloatMatrix = np.add.reduceat(sums, across.starts, axis=1)
    return total


@dataclass(frozen=True, slots=True)
class _Rows:
    """The passages of some people in single precision; person i's begin at starts[i]."""

    vectors: FloatMatrix
    weights: FloatMatrix
    starts: IntVector

    @classmethod
    def of(cls, side: Segments, people: IntVector, times: float = 1.0) -> "_Rows":
        counts = side.counts_of(people)
        starts = np.concatenate([[0], np.cumsum(counts)])
        chosen: IntVector | slice
        if people[-1] - people[0] == len(people) - 1 and (np.diff(people) == 1).all():
            chosen = slice(int(side.starts[people[0]]), int(side.starts[people[-1] + 1]))
        else:
            chosen = np.repeat(side.starts[people] - starts[:-1], counts) + np.arange(starts[-1])
        vectors = widened(side.vectors[chosen])
        if times != 1.0:
            vectors *= np.float32(times)
        return cls(vectors, side.weights[chosen], starts[:-1])

    def spread(self) -> FloatMatrix:
        """Return the weights as a matrix, (people, passages)."""
        size = len(self.weights)
        matrix = np.zeros((len(self.starts), size), np.float32)
        owners = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=size))
        matrix[owners, np.arange(size)] = self.weights
        return matrix


def widened(half: StoredMatrix) -> FloatMatrix:
    """Return half-precision numbers, none infinite, in single precision.

    By shifting their bits to where those of single precision stand, three times as fast as
    NumPy's own conversion.
    """
    if half.dtype != np.float16:
        return half.astype(np.float32)
    bits = half.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= np.int32(-0x70000001)
    single: FloatMatrix = bits.view(np.float32)
    # the exponents are counted from 127 rather than 15
    single *= np.float32(2.0**112)
    return single


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
