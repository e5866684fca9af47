"""The largest total value, exactly: a flow over pairs that matter, and prices for all others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_certificate import positive_rest
from matchmaking.pairing_flow import Flow, Network, solve_flow
from matchmaking.pairing_prices import Prices, residual_prices
from matchmaking.pairing_problem import Bounds
from matchmaking.pairing_result import Progress
from matchmaking.pairing_tiles import AllowedValues, tile_count, tiles
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import FloatArray, IntArray


@dataclass(frozen=True)
class Task:
    """Values and bounds when pins are taken out; everyone has enough allowed pairs for `least`."""

    allowed: AllowedValues
    left: Bounds
    right: Bounds


@dataclass(frozen=True)
class Optimum:
    """Chosen pairs with their values, who stays short, the prices, and what is left at them.

    `rest` is the sum of max(0, value - u - v) over all allowed pairs, chosen or not.
    """

    rows: IntArray
    columns: IntArray
    values: FloatArray
    short_left: IntArray
    short_right: IntArray
    left_price: FloatArray
    right_price: FloatArray
    rest: float


def optimum_of_all(task: Task, watch: Watch) -> Optimum:
    """Solve with every allowed pair in the flow: for small instances."""
    rows, columns, values = _all_pairs(task, watch)
    top = float(np.abs(values).max(initial=0.0)) or 1.0
    penalty = 4 * (len(task.left.least) + len(task.right.least) + 1)
    scale = min(2.0**40, 2.0**61 / penalty / (penalty + len(values))) / top
    whole = np.rint(values * scale).astype(np.int64)
    network = Network(rows, columns, whole, task.left, task.right, int(penalty * top * scale))
    watch.report(Progress("flow", 0, 1))
    flow = solve_flow(network)
    watch.report(Progress("prices", 0, 1))
    prices = residual_prices(network, flow)
    u, v = prices.left / scale, prices.right / scale
    rest = values - u[rows] - v[columns]
    c = flow.chosen
    return Optimum(
        rows[c],
        columns[c],
        values[c],
        flow.short_left,
        flow.short_right,
        u,
        v,
        float(rest[rest > 0].sum()),
    )


def _all_pairs(task: Task, watch: Watch) -> tuple[IntArray, IntArray, FloatArray]:
    found = []
    count = tile_count(task.allowed.shape)
    for done, tile in enumerate(tiles(task.allowed.shape)):
        watch.report(Progress("scores", done, count))
        values = task.allowed.of_tile(tile)
        rows, columns = np.nonzero(np.isfinite(values))
        found.append((rows + tile.top, columns + tile.first, values[rows, columns]))
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)
    rows, columns, values = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((columns, rows))
    return (
        rows[order].astype(np.int32),
        columns[order].astype(np.int32),
        values[order].astype(float),
    )
