"""FairFlow, the published threshold search for the worst-off person, as a peer of `fair_pair`.

Kobren, Saha and McCallum, Paper Matching with Local Fairness Constraints, KDD 2019. For a threshold
T people of the raised side are in three groups: those with T or more, those more than the largest
score below it, and those between. One flow takes a partner at most from each of the first, moves
partners on among those between, and brings one at most to each of the last; then a flow fills up
what is free at the largest total. This is repeated until nobody is far below or it no longer
helps, and the threshold is found by halving. What comes out has everybody within one score of the
best threshold, when the search gets that far.

The original gives every paper a fixed number of reviewers. Here people have a least and a most, so
that a person who is full drops their poorest partner for a better one; the flows are OR-tools'.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from matchmaking.pairing import Bounds
from matchmaking.scorers import FloatArray, IntArray

_SCALE = 2**20
_SHORT = 8 * _SCALE
_REFINEMENTS = 50
Matrix = NDArray[np.bool_]


def fairflow(scores: FloatArray, left: Bounds, right: Bounds, halvings: int = 10) -> IntArray:
    """Pair rows and columns so that the worst-off row is well served.

    Parameters
    ----------
    scores
        (n, m), -inf where a pair is forbidden.
    left, right
        Bounds of rows and columns.
    halvings
        How many thresholds are tried, as published.
    """
    local = _Local(scores.astype(np.float64), left, right)
    best = start = local.completed(np.zeros(scores.shape, bool))
    low, high = 0.0, float(_best_sums(local.scores, left).max())
    for _ in range(halvings):
        threshold = (low + high) / 2
        found = local.reached(start, threshold)
        if local.worst(found) >= local.worst(best):
            best, low = found, threshold
        else:
            high = threshold
    return np.argwhere(best)


def _best_sums(scores: FloatArray, left: Bounds) -> FloatArray:
    """Return the largest total that each row could have by itself."""
    ordered = np.maximum(-np.sort(-scores, axis=1), 0.0)
    sums = np.cumsum(ordered, axis=1)
    picked: FloatArray = sums[np.arange(len(sums)), np.minimum(left.most, scores.shape[1]) - 1]
    return picked


@dataclass(frozen=True)
class _Arcs:
    """Arcs of one kind: (k,) ends and costs; `gives` says what flow over them does to a pair."""

    tails: IntArray
    heads: IntArray
    costs: FloatArray
    pairs: tuple[IntArray, ...] | None = None
    gives: bool = False


class _Local:
    """One refinement after another, on a table of who meets whom."""

    def __init__(self, scores: FloatArray, left: Bounds, right: Bounds) -> None:
        self.scores = scores
        self._left, self._right = left, right
        self._allowed = np.isfinite(scores)
        self._largest = float(scores[self._allowed].max(initial=0.0))
        self._known = np.where(self._allowed, scores, 0.0)

    def totals(self, held: Matrix) -> FloatArray:
        totals: FloatArray = (self._known * held).sum(axis=1)
        return totals

    def worst(self, held: Matrix) -> float:
        return float(self.totals(held).min())

    def reached(self, held: Matrix, threshold: float) -> Matrix:
        """Refine until nobody is far below the threshold, or it stops to help."""
        best, seen = held, (held.size, -np.inf)
        for _ in range(_REFINEMENTS):
            held = self._refined(held, threshold)
            far = int((self.totals(held) < threshold - self._largest).sum())
            if self.worst(held) > self.worst(best):
                best = held
            if far == 0 or (far, -self.worst(held)) >= (seen[0], -seen[1]):
                break
            seen = far, self.worst(held)
        return best

    def completed(self, held: Matrix) -> Matrix:
        """Keep what is held, and fill up within bounds at the largest total."""
        n, m = held.shape
        rows, columns = np.nonzero(self._allowed & ~held)
        here, there = held.sum(axis=1), held.sum(axis=0)
        needs = np.maximum(self._left.least - here, 0), np.maximum(self._right.least - there, 0)
        left, right, hub = np.arange(n), n + np.arange(m), n + m
        parts = [
            (rows, n + columns, np.ones(len(rows)), -self.scores[rows, columns] * _SCALE),
            (np.full(n, hub), left, self._left.most - here - needs[0], np.zeros(n)),
            (right, np.full(m, hub), self._right.most - there - needs[1], np.zeros(m)),
            (left, np.full(n, hub), needs[0], np.full(n, _SHORT)),
            (np.full(m, hub), right, needs[1], np.full(m, _SHORT)),
        ]
        supply = np.concatenate((needs[0], -needs[1], [needs[1].sum() - needs[0].sum()]))
        flow = _flow(parts, supply, most=False)[: len(rows)] > 0
        filled = held.copy()
        filled[rows[flow], columns[flow]] = True
        return filled

    def _refined(self, held: Matrix, threshold: float) -> Matrix:
        totals = self.totals(held)
        rich, poor = totals >= threshold, totals < threshold - self._largest
        if not rich.any() or not poor.any():
            return held
        arcs = self._moves(held, rich, poor, totals - (threshold - self._largest))
        nodes = 2 + 2 * held.shape[0] + held.shape[1]
        supply = np.zeros(nodes, np.int64)
        supply[0] = min(rich.sum(), poor.sum())
        supply[1] = -supply[0]
        parts = [(arc.tails, arc.heads, np.ones(len(arc.tails)), arc.costs) for arc in arcs]
        flow = _flow(parts, supply, most=True) > 0
        moved, first = held.copy(), 0
        for arc in arcs:
            used = flow[first : first + len(arc.tails)]
            first += len(arc.tails)
            if arc.pairs is not None:
                moved[arc.pairs[0][used], arc.pairs[1][used]] = arc.gives
        return self.completed(self._trimmed(moved))

    def _moves(self, held: Matrix, rich: Matrix, poor: Matrix, slack: FloatArray) -> list[_Arcs]:
        """Lay the network: source 0, sink 1, rows, columns, and rows again as they take."""
        n, m = held.shape
        row, column, taker = 2, 2 + n, 2 + n + m
        between = ~rich & ~poor
        poorest = np.where(held, self.scores, np.inf).min(axis=1)
        # who is between gives up only what leaves them there
        spared = self.scores <= (poorest + slack)[:, None]
        full = held.sum(axis=1) >= self._left.most
        better = self.scores > np.where(full, poorest, -np.inf)[:, None]
        free = self._allowed & ~held
        gives = np.nonzero(held & (rich[:, None] | (between[:, None] & spared)))
        takes = np.nonzero(free & between[:, None] & (self.scores >= poorest[:, None]))
        gets = np.nonzero(free & poor[:, None] & better)
        givers, middle, last = np.flatnonzero(rich), np.flatnonzero(between), np.flatnonzero(poor)
        worth = [self.scores[pairs] * _SCALE for pairs in (gives, takes, gets)]
        return [
            _Arcs(np.zeros_like(givers), row + givers, np.zeros(len(givers))),
            _Arcs(row + gives[0], column + gives[1], worth[0], gives),
            _Arcs(column + takes[1], taker + takes[0], -worth[1], takes, gives=True),
            _Arcs(taker + middle, row + middle, np.zeros(len(middle))),
            _Arcs(column + gets[1], row + gets[0], -worth[2], gets, gives=True),
            _Arcs(row + last, np.ones_like(last), np.zeros(len(last))),
        ]

    def _trimmed(self, held: Matrix) -> Matrix:
        """Drop the poorest partner of whoever has one too many."""
        over = np.flatnonzero(held.sum(axis=1) > self._left.most)
        held[over, np.where(held[over], self.scores[over], np.inf).argmin(axis=1)] = False
        return held


def _flow(parts: list[tuple[Any, ...]], supply: IntArray, *, most: bool) -> IntArray:
    """Send as much as supplies ask for, or as much as goes through, at the least cost."""
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = 0
    for tails, heads, room, costs in parts:
        solver.add_arcs_with_capacity_and_unit_cost(
            np.asarray(tails, np.int32),
            np.asarray(heads, np.int32),
            np.asarray(room, np.int64),
            np.rint(costs).astype(np.int64),
        )
        arcs += len(tails)
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply.astype(np.int64))
    status = solver.solve_max_flow_with_min_cost() if most else solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow solver stopped with status {status}")
    flows: IntArray = solver.flows(np.arange(arcs, dtype=np.int32))
    return flows
