"""Which pairs the flow chooses from at first, and how many are looked for later."""

import math
from dataclasses import dataclass

import numpy as np

from matchmaking.pairing_pool import Pool
from matchmaking.pairing_prices import Prices
from matchmaking.pairing_pricing import Few, Looker
from matchmaking.pairing_task import Task
from matchmaking.pairing_tiles import AllowedValues, tiles
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import IntArray


@dataclass(frozen=True)
class Sizes:
    """Pairs for each person: the best `first` and so many `random` ones make the first pool.

    Later looks pick `more`, and of these and the pool the best `keep` stay. Found by trying on
    clustered vectors: more pairs make the flow slower, fewer make it run more often.
    """

    first: Few
    random: Few
    more: Few
    keep: Few

    @classmethod
    def of(cls, task: Task) -> "Sizes":
        """Choose by how many partners a person will have on average."""
        places = int(task.left.most.sum()), int(task.right.most.sum())
        n, m = task.allowed.shape
        shares = min(places) / max(1, n), min(places) / max(1, m)
        return cls(*(_few(shares, base, slope) for base, slope in _PLANS))


_PLANS = ((4, 1), (2, 0), (8, 2), (12, 2))
_MOST = 1000


def _few(shares: tuple[float, float], base: int, slope: int) -> Few:
    left, right = (
        math.ceil(min(1.0, share) * (base + slope * min(share, _MOST))) for share in shares
    )
    return Few(max(1, left), max(1, right))


def every_pair(allowed: AllowedValues, watch: Watch) -> Pool:
    """Return all allowed pairs: for small instances."""
    found: list[tuple[IntArray, IntArray]] = [(np.zeros(0, np.int32), np.zeros(0, np.int32))]
    for tile in tiles(allowed.shape):
        watch.check("scores")
        rows, columns = np.nonzero(allowed.of_tile(tile) > -np.inf)
        found.append((rows + tile.top, columns + tile.first))
    rows, columns = (np.concatenate(part) for part in zip(*found, strict=True))
    return Pool.of(allowed, rows, columns)


def promising_pairs(
    task: Task, looker: Looker, sizes: Sizes, prices: Prices, seed: int, watch: Watch
) -> Pool:
    """Return everybody's best pairs from either side, and random ones.

    The random ones tell what a place is worth to people far from those who like it most.
    """
    nothing = Pool.of(task.allowed, np.zeros(0, np.int32), np.zeros(0, np.int32))
    best = looker.look(prices, nothing, sizes.first, watch)
    rows, columns = _random_pairs(task, sizes.random, seed)
    return Pool.of(
        task.allowed, np.concatenate((best.rows, rows)), np.concatenate((best.columns, columns))
    )


def _random_pairs(task: Task, few: Few, seed: int) -> tuple[IntArray, IntArray]:
    rng = np.random.default_rng(seed)
    n, m = task.allowed.shape
    rows = np.concatenate(
        (np.repeat(np.arange(n), few.left), rng.integers(0, n, few.right * m))
    ).astype(np.int32)
    columns = np.concatenate(
        (rng.integers(0, m, few.left * n), np.repeat(np.arange(m), few.right))
    ).astype(np.int32)
    allowed = (task.left.most[rows] > 0) & (task.right.most[columns] > 0)
    allowed &= ~task.allowed.excluded.holds(np.column_stack((rows, columns)))
    return rows[allowed], columns[allowed]
