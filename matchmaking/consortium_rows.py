"""Rows of a linear programme, gathered one after the other.

Public: ``Rows``.
"""

import numpy as np
from scipy.sparse import csr_array

from matchmaking.consortium_worth import Floats, Places


class Rows:
    """Sparse rows with their lower and upper bounds."""

    def __init__(self) -> None:
        self._columns: list[Places] = []
        self._values: list[Floats] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def add(self, columns: Places, values: Floats | float, low: float, high: float) -> None:
        """Add a row: low <= sum of values x columns <= high."""
        self._columns.append(columns)
        self._values.append(np.broadcast_to(np.asarray(values, np.float64), columns.shape))
        self._low.append(low)
        self._high.append(high)

    def add_each(self, smaller: Places, larger: Places) -> None:
        """Add a row for each two: the one is at most the other."""
        for one, other in zip(smaller, larger, strict=True):
            self.add(np.array([one, other]), np.array([1.0, -1.0]), -np.inf, 0)

    @property
    def low(self) -> Floats:
        """The rows' lower bounds."""
        return np.array(self._low)

    @property
    def high(self) -> Floats:
        """The rows' upper bounds."""
        return np.array(self._high)

    def matrix(self, columns: int) -> csr_array:
        """Return the rows over so many columns."""
        lengths = [len(row) for row in self._columns]
        places = (np.repeat(np.arange(len(lengths)), lengths), np.concatenate(self._columns))
        shape = (len(lengths), columns)
        return csr_array((np.concatenate(self._values), places), shape=shape)
