"""First prices, carried over to everybody from a sample of people.

A person's price tells how sought after they are, and by whom. A sample that is solved like a
forum of its own keeps the proportions between those who seek and those who are sought; so its
prices put the search on the right track, at a small share of the cost of finding them there.
"""

import math
from collections.abc import Callable

import numpy as np

from matchmaking.pairing_prices import Prices
from matchmaking.pairing_problem import Bounds
from matchmaking.pairing_task import Task
from matchmaking.pairing_tiles import AllowedValues, tiles
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import FloatArray, IntArray

_DEEPEST = 64


def sampled_prices(
    task: Task, size: int, solve: Callable[[Task], Prices], seed: int, watch: Watch
) -> Prices:
    """Return prices for everybody, 0 where the forum is too small for a sample to be worth it.

    Parameters
    ----------
    task
        The whole forum.
    size
        How many people to sample from a side, the geometric mean of both.
    solve
        Finds the prices of a smaller one.
    seed
        For the choice of people.
    """
    n, m = task.allowed.shape
    share = size / math.sqrt(n * m)
    if share > 1 / 2:
        return Prices(np.zeros(n), np.zeros(m))
    rng = np.random.default_rng(seed)
    rows, columns = _some(rng, n, share), _some(rng, m, share)
    sample = solve(
        Task(task.allowed.among(rows, columns), task.left.of(rows), task.right.of(columns))
    )
    everybody = np.arange(n, dtype=np.int32), np.arange(m, dtype=np.int32)
    left = _offers(task.allowed.among(everybody[0], columns), sample.right, task.left, watch)
    turned = _offers_turned(task.allowed.among(rows, everybody[1]), sample.left, task.right, watch)
    return Prices(left, turned)


def _some(rng: np.random.Generator, people: int, share: float) -> IntArray:
    chosen: IntArray = np.sort(rng.permutation(people)[: max(1, int(share * people))])
    return chosen.astype(np.int32)


def _offers(allowed: AllowedValues, prices: FloatArray, bounds: Bounds, watch: Watch) -> FloatArray:
    """Price the rows by what the columns have to offer beyond their own prices."""
    best = _nothing_yet(bounds)
    for tile in tiles(allowed.shape):
        watch.check("scores")
        margins = allowed.of_tile(tile) - prices[tile.first : tile.last].astype(np.float32)
        _keep_best(best[:, tile.top : tile.bottom], margins.T)
    return _last_places(best, bounds)


def _offers_turned(
    allowed: AllowedValues, prices: FloatArray, bounds: Bounds, watch: Watch
) -> FloatArray:
    """Price the columns by what the rows have to offer."""
    best = _nothing_yet(bounds)
    for tile in tiles(allowed.shape):
        watch.check("scores")
        margins = allowed.of_tile(tile) - prices[tile.top : tile.bottom, None].astype(np.float32)
        _keep_best(best[:, tile.first : tile.last], margins)
    return _last_places(best, bounds)


def _nothing_yet(bounds: Bounds) -> FloatArray:
    depth = min(_DEEPEST, int(bounds.most.max())) + 1
    return np.full((depth, len(bounds.most)), -np.inf, np.float32)


def _keep_best(best: FloatArray, margins: FloatArray) -> None:
    both = np.concatenate((best, margins))
    best[:] = np.partition(both, len(margins), axis=0)[len(margins) :]


def _last_places(best: FloatArray, bounds: Bounds) -> FloatArray:
    """Price a place between the last offer that fits and the first that does not.

    Below 0 only as far as somebody's least makes them take an offer.
    """
    ordered = np.sort(best, axis=0)[::-1].astype(np.float64)
    ordered = np.maximum(ordered, -np.abs(ordered[np.isfinite(ordered)]).max(initial=0.0))
    prices: FloatArray = np.maximum(
        _between(ordered, bounds.most), np.minimum(_between(ordered, bounds.least), 0.0)
    )
    return prices


def _between(ordered: FloatArray, places: IntArray) -> FloatArray:
    people, last = np.arange(len(places)), np.minimum(places, len(ordered) - 1)
    middle = (ordered[np.maximum(last - 1, 0), people] + ordered[last, people]) / 2
    return np.where(places == 0, np.inf, middle)
