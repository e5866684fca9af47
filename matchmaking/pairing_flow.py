"""One exact min-cost flow: people with bounds, a hub that carries them, and priced slack.

Every left person i is fed least_i units, and up to most_i - least_i more from a hub; every right
person j must hand on least_j, and may return up to most_j - least_j more to the hub. What a
person cannot place goes to the hub over a slack arc at a penalty, so that the flow is always
feasible and slack that is used tells who stays short.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from matchmaking.pairing_problem import Bounds
from matchmaking.scorers import IntArray


@dataclass(frozen=True)
class Network:
    """Pairs that may be chosen, each at most once, and the bounds of the people.

    Attributes
    ----------
    rows, columns
        (k,) int32, sorted by row and then column, no pair twice.
    values
        (k,) int64; see `pairing_scale` for how scores become whole numbers.
    penalty
        What one missing partner costs; more than any value.
    """

    rows: IntArray
    columns: IntArray
    values: NDArray[np.int64]
    left: Bounds
    right: Bounds
    penalty: int


@dataclass(frozen=True)
class Flow:
    """An optimal choice: (k,) booleans over the pairs, and who stays short by how much."""

    chosen: NDArray[np.bool_]
    short_left: IntArray
    short_right: IntArray

    @property
    def shortfall(self) -> int:
        """How many partners are missing in all."""
        return int(self.short_left.sum() + self.short_right.sum())


def solve_flow(network: Network) -> Flow:
    """Choose pairs of the largest total value less penalties, exactly.

    Raises
    ------
    RuntimeError
        When the solver does not report an optimum; slack makes every network feasible, so this
        means that the numbers are too large for it.
    """
    n, m, k = len(network.left.least), len(network.right.least), len(network.rows)
    left, right = np.arange(n, dtype=np.int32), np.arange(n, n + m, dtype=np.int32)
    hub_left, hub_right = np.full(n, n + m, np.int32), np.full(m, n + m, np.int32)
    solver = min_cost_flow.SimpleMinCostFlow()
    supply = np.concatenate((network.left.least, -network.right.least)).astype(np.int64)
    solver.set_nodes_supplies(
        np.arange(n + m + 1, dtype=np.int32), np.append(supply, -supply.sum())
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        network.rows, network.columns + np.int32(n), np.ones(k, np.int64), -network.values
    )
    spare_left = (network.left.most - network.left.least).astype(np.int64)
    spare_right = (network.right.most - network.right.least).astype(np.int64)
    for tail, head, capacity, cost in (
        (hub_left, left, spare_left, 0),
        (right, hub_right, spare_right, 0),
        (left, hub_left, network.left.least.astype(np.int64), network.penalty),
        (hub_right, right, network.right.least.astype(np.int64), network.penalty),
    ):
        costs = np.full(len(tail), cost, np.int64)
        solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, costs)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow solver stopped with status {status}")
    flows = solver.flows(np.arange(k + 2 * (n + m), dtype=np.int32))
    slack = k + n + m
    return Flow(
        chosen=flows[:k] > 0,
        short_left=flows[slack : slack + n].astype(np.int32),
        short_right=flows[slack + n :].astype(np.int32),
    )
