"""Proof that no pairing leaves fewer partners missing."""

import numpy as np

from matchmaking.pairing_prices import Prices
from matchmaking.pairing_problem import Bounds
from matchmaking.pairing_task import Task
from matchmaking.scorers import FloatArray, IntArray


def least_shortfall(task: Task, prices: Prices, threshold: float) -> int:
    """Return a number of missing partners that no pairing stays below.

    The bound of `certified_bound`, for pairs worth nothing and a penalty of 1: prices beyond the
    threshold become -1 or 1, all others 0, and -bound is the least shortfall that they prove. With
    prices of a flow whose penalty outweighs all values this is the minimum cut, and tight.

    Notes
    -----
    O(n + m + excluded pairs): allowed pairs are counted by the prices of the two people.
    """
    u, v = _signs(prices.left, threshold), _signs(prices.right, threshold)
    pairs = np.outer(np.bincount(u + 1, minlength=3), np.bincount(v + 1, minlength=3))
    rows, columns = task.allowed.excluded.within(0, len(u))
    np.subtract.at(pairs, (u[rows] + 1, v[columns] + 1), 1)
    gain = np.maximum(0, -np.add.outer(np.arange(-1, 2), np.arange(-1, 2)))
    return -_worth(task.left, u) - _worth(task.right, v) - int((pairs * gain).sum())


def _signs(price: FloatArray, threshold: float) -> IntArray:
    signs: IntArray = (price > threshold).astype(np.int64) - (price < -threshold)
    return signs


def _worth(bounds: Bounds, price: IntArray) -> int:
    return int(np.maximum(bounds.least * price, bounds.most * price).sum())
