"""Other ways to pair, each from a matrix of scores (-inf: forbidden) and bounds to pairs (k, 2)."""

from collections.abc import Callable

import networkx as nx
import numpy as np
from ortools.graph.python import min_cost_flow
from scipy import sparse
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, linear_sum_assignment, milp

from matchmaking.pairing import Bounds
from matchmaking.scorers import FloatArray, IntArray

Peer = Callable[[FloatArray, Bounds, Bounds], IntArray]

_SCALE = 2**20


def dense_flow(scores: FloatArray, left: Bounds, right: Bounds) -> IntArray:
    """One OR-tools min-cost flow with every allowed pair in it: the bare optimum."""
    n, m = scores.shape
    rows, columns = np.nonzero(np.isfinite(scores))
    hub = np.int32(n + m)
    people_left, people_right = np.arange(n), np.arange(n, n + m)
    costs = -np.rint(scores[rows, columns].astype(np.float64) * _SCALE).astype(np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    for tail, head, room, cost in (
        (rows, columns + n, np.ones(len(rows)), costs),
        (np.full(n, hub), people_left, left.most - left.least, np.zeros(n)),
        (people_right, np.full(m, hub), right.most - right.least, np.zeros(m)),
    ):
        flow.add_arcs_with_capacity_and_unit_cost(
            tail.astype(np.int32),
            head.astype(np.int32),
            room.astype(np.int64),
            cost.astype(np.int64),
        )
    supply = np.concatenate((left.least, -right.least)).astype(np.int64)
    flow.set_nodes_supplies(np.arange(n + m + 1, dtype=np.int32), np.append(supply, -supply.sum()))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("no flow meets the bounds")
    taken = flow.flows(np.arange(len(rows), dtype=np.int32)) > 0
    return np.column_stack((rows[taken], columns[taken]))


def highs(scores: FloatArray, left: Bounds, right: Bounds) -> IntArray:
    """Solve scipy's mixed-integer programme, HiGHS."""
    n, m = scores.shape
    rows, columns = np.nonzero(np.isfinite(scores))
    pairs = np.arange(len(rows))
    degrees = sparse.csr_array(
        (np.ones(2 * len(rows)), (np.concatenate((rows, n + columns)), np.tile(pairs, 2))),
        shape=(n + m, len(rows)),
    )
    low, high = np.append(left.least, right.least), np.append(left.most, right.most)
    answer = milp(
        -scores[rows, columns].astype(np.float64),
        constraints=LinearConstraint(degrees, low, high),
        bounds=Box(0, 1),
        integrality=np.ones(len(rows)),
        options={"mip_rel_gap": 0.0},
    )
    taken = answer.x > 0.5
    return np.column_stack((rows[taken], columns[taken]))


def network_simplex(scores: FloatArray, left: Bounds, right: Bounds) -> IntArray:
    """Solve the flow with networkx, in pure Python."""
    n, m = scores.shape
    graph = nx.DiGraph()
    graph.add_node("hub", demand=int(left.least.sum() - right.least.sum()))
    for i in range(n):
        graph.add_node(("left", i), demand=-int(left.least[i]))
        graph.add_edge("hub", ("left", i), capacity=int(left.most[i] - left.least[i]), weight=0)
    for j in range(m):
        graph.add_node(("right", j), demand=int(right.least[j]))
        graph.add_edge(("right", j), "hub", capacity=int(right.most[j] - right.least[j]), weight=0)
    for i, j in np.argwhere(np.isfinite(scores)).tolist():
        weight = -round(float(scores[i, j]) * _SCALE)
        graph.add_edge(("left", i), ("right", j), capacity=1, weight=weight)
    _, flows = nx.network_simplex(graph)
    chosen = [(i, key[1]) for i in range(n) for key, units in flows["left", i].items() if units]
    return np.array(chosen, np.int64).reshape(-1, 2)


def greedy(scores: FloatArray, left: Bounds, right: Bounds) -> IntArray:
    """Take the best pair that still fits, again and again; minimums are not looked at."""
    rows, columns = np.nonzero(scores > 0)
    order = np.argsort(-scores[rows, columns], kind="stable")
    room_left, room_right = left.most.tolist(), right.most.tolist()
    chosen = []
    for i, j in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if room_left[i] and room_right[j]:
            room_left[i] -= 1
            room_right[j] -= 1
            chosen.append((i, j))
    return np.array(chosen)


def repeated_assignment(scores: FloatArray, left: Bounds, right: Bounds) -> IntArray:
    """Give everybody one more partner by the best assignment, until all places are taken."""
    values = np.where(np.isfinite(scores), scores, -10.0).astype(np.float64)
    room_left, room_right = left.most.copy(), right.most.copy()
    chosen = []
    while room_left.any() and room_right.any():
        here, there = np.flatnonzero(room_left), np.flatnonzero(room_right)
        rows, columns = linear_sum_assignment(values[np.ix_(here, there)], maximize=True)
        rows, columns = here[rows], there[columns]
        good = values[rows, columns] > 0
        if not good.any():
            break
        rows, columns = rows[good], columns[good]
        chosen.append(np.column_stack((rows, columns)))
        values[rows, columns] = -10.0
        room_left[rows] -= 1
        room_right[columns] -= 1
    return np.concatenate(chosen)


def minimums_first(scores: FloatArray, left: Bounds, right: Bounds) -> IntArray:
    """Fix the best pairs that meet all minimums, and only then fill the other places."""
    n, m = scores.shape
    scarce = n * int(left.least[0]) >= m * int(right.least[0])
    first = dense_flow(
        scores,
        Bounds(left.least, left.least if scarce else left.most),
        Bounds(right.least, right.most if scarce else right.least),
    )
    rest = scores.copy()
    rest[first[:, 0], first[:, 1]] = -np.inf
    used_left = np.bincount(first[:, 0], minlength=n)
    used_right = np.bincount(first[:, 1], minlength=m)
    second = dense_flow(
        rest,
        Bounds(0 * used_left, left.most - used_left),
        Bounds(0 * used_right, right.most - used_right),
    )
    return np.concatenate((first, second))


PEERS: dict[str, Peer] = {
    "dense flow (OR-tools)": dense_flow,
    "minimums first": minimums_first,
    "repeated assignment": repeated_assignment,
    "greedy": greedy,
    "milp (HiGHS)": highs,
    "network simplex (networkx)": network_simplex,
}
