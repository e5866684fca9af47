"""Scores of pairs, block by block: what the pairing solver needs to know of an affinity."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput
from matchmaking.threads import one_blas_thread

IntArray = NDArray[np.integer[Any]]
FloatArray = NDArray[np.floating[Any]]


class BlockScorer(Protocol):
    """An affinity between people on the left (rows) and on the right (columns).

    The same pair must get the same score in whichever block it is asked for (up to the last
    bits of floating point): the certificate is an answer about these very numbers.
    """

    @property
    def shape(self) -> tuple[int, int]:
        """How many people there are on the left and on the right."""
        ...

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the scores of every row with every column, (len(rows), len(columns))."""
        ...


class DenseScorer:
    """Scores that are already known: an (n, m) matrix, which is not copied."""

    def __init__(self, matrix: FloatArray) -> None:
        if matrix.ndim != 2 or matrix.dtype.kind not in "fiu":
            raise BadInput(f"scores must be a matrix of numbers, not {matrix.dtype} {matrix.shape}")
        self._matrix = matrix

    @property
    def shape(self) -> tuple[int, int]:
        """How many people there are on the left and on the right."""
        return self._matrix.shape[0], self._matrix.shape[1]

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the scores of every row with every column."""
        where = _place(rows), _place(columns)
        part: FloatArray = (
            self._matrix[where]
            if any(isinstance(place, slice) for place in where)
            else self._matrix[np.ix_(rows, columns)]
        )
        return part if part.dtype.kind == "f" else part.astype(np.float64)


class VectorScorer:
    """The inner product of two people's vectors, in single precision.

    On one thread (see ``threads``).

    Parameters
    ----------
    left, right
        (n, d) and (m, d); converted to float32, not copied when they are already.
    """

    def __init__(self, left: FloatArray, right: FloatArray) -> None:
        if left.ndim != 2 or right.ndim != 2 or left.shape[1] != right.shape[1]:
            raise BadInput(
                f"vectors must be (n, d) and (m, d) with one d, not {left.shape} and {right.shape}"
            )
        self._left = np.ascontiguousarray(left, np.float32)
        self._right = np.ascontiguousarray(right, np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """How many people there are on the left and on the right."""
        return len(self._left), len(self._right)

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the inner products of every row with every column."""
        with one_blas_thread():
            product: FloatArray = self._left[_place(rows)] @ self._right[_place(columns)].T
        return product


def _place(index: IntArray) -> IntArray | slice:
    """Name a run of neighbours by a slice."""
    # a slice is taken as a view, not as a copy
    if len(index) and index[-1] - index[0] == len(index) - 1 and (np.diff(index) == 1).all():
        return slice(int(index[0]), int(index[-1]) + 1)
    return index
