"""Arcs of a flow network, gathered in parts; and prices of its nodes, read off an optimal flow."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from ortools.graph.python import min_cost_flow

from matchmaking.scorers import IntArray

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Arcs:
    """Where each arc begins and ends, what it can carry and what a unit costs, (k,) each."""

    tails: IntArray
    heads: IntArray
    room: Whole
    cost: Whole

    @classmethod
    def of(cls, tails: IntArray, heads: IntArray, room: ArrayLike, cost: ArrayLike) -> Self:
        """Take one number for all arcs, or one each."""
        every = tails.shape
        return cls(
            tails,
            heads,
            np.broadcast_to(np.asarray(room, np.int64), every),
            np.broadcast_to(np.asarray(cost, np.int64), every),
        )

    @classmethod
    def joined(cls, parts: list["Arcs"]) -> Self:
        """Put parts one after the other."""
        return cls(
            np.concatenate([part.tails for part in parts]),
            np.concatenate([part.heads for part in parts]),
            np.concatenate([part.room for part in parts]),
            np.concatenate([part.cost for part in parts]),
        )


def cheapest_flow(arcs: Arcs, supply: Whole) -> Whole:
    """Return how much each arc carries in a flow of least cost that meets every supply.

    Raises
    ------
    RuntimeError
        When the solver reports no optimum: every network here is feasible, so the numbers are
        too large for it.
    """
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        arcs.tails.astype(np.int32), arcs.heads.astype(np.int32), arcs.room, arcs.cost
    )
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow solver stopped with status {status}")
    flow: Whole = solver.flows(np.arange(len(arcs.tails), dtype=np.int32))
    return flow


def node_labels(arcs: Arcs, flow: Whole, start: Whole, sweeps: int) -> Whole:
    """Lower labels until no residual arc shortens them, or for so many sweeps.

    Label correcting (Ahuja, Magnanti and Orlin, Network Flows, 1993, chapter 5); a label that is
    not final yet guides nearly as well, and the next call goes on from there.
    """
    forth, back = flow < arcs.room, flow > 0
    tails = np.concatenate((arcs.tails[forth], arcs.heads[back]))
    heads = np.concatenate((arcs.heads[forth], arcs.tails[back]))
    cost = np.concatenate((arcs.cost[forth], -arcs.cost[back]))
    order = np.argsort(heads, kind="stable")
    tails, heads, cost = tails[order], heads[order], cost[order]
    firsts = np.flatnonzero(np.diff(heads, prepend=-1))
    ends = heads[firsts]
    labels = start.copy()
    for _ in range(sweeps if len(firsts) else 0):
        lower = np.minimum(labels[ends], np.minimum.reduceat(labels[tails] + cost, firsts))
        if (lower == labels[ends]).all():
            break
        labels[ends] = lower
    return labels
