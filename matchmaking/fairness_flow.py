"""The pairing of largest total that keeps every promise: one min-cost flow.

A person is a ladder: a node for each promise and one at the foot. Every promise sends one unit;
it may climb to a better rung for free, and falls to a worse one at a penalty. A pair hangs at the
highest rung that its score serves. At the foot are the partners beyond the promises, fed from a
hub as in `pairing_flow`. On the right the same, the other way round.
"""

from dataclasses import dataclass

import numpy as np

from matchmaking.fairness_arcs import Arcs, Whole, cheapest_flow, node_labels
from matchmaking.fairness_market import Crowd, Flags, Market
from matchmaking.fairness_promises import Promises
from matchmaking.scorers import FloatArray, IntArray

# Values are rounded to this many steps of the largest: the search needs no more, and what comes
# out is added up exactly.
_STEPS = 2**15
_SWEEPS = 20
# A partner missing from somebody's least outweighs any chain of broken promises.
_MISSING = 400


@dataclass(frozen=True)
class Kept:
    """Which pairs the flow chose, how many partners are missing, and what a place costs.

    `left_cost` (k,) is what the place at each pair's left end costs, `right_cost` the other end.
    """

    chosen: Flags
    missing: int
    left_cost: FloatArray
    right_cost: FloatArray


@dataclass(frozen=True)
class _Ladders:
    """One crowd's nodes: rungs of person i from feet[i] - count[i] on, then the foot."""

    crowd: Crowd
    count: IntArray
    feet: IntArray
    owners: IntArray
    rungs: IntArray

    @classmethod
    def of(cls, promises: Promises, first: int) -> "_Ladders":
        count = promises.count
        feet = first + np.cumsum(count + 1) - 1
        owners = np.repeat(np.arange(len(count)), count)
        above = np.arange(len(owners)) - np.repeat(np.cumsum(count) - count, count)
        return cls(promises.crowd, count, feet, owners, (feet - count)[owners] + above)

    @property
    def end(self) -> int:
        return int(self.feet[-1]) + 1 if len(self.feet) else 0

    def supply(self, nodes: int, hub: int) -> Whole:
        supply = np.zeros(nodes, np.int64)
        supply[self.rungs] = 1
        rest = np.maximum(self.crowd.least - self.count, 0)
        supply[self.feet] = rest
        supply[hub] = -len(self.rungs) - rest.sum()
        return supply

    def arcs(self, hub: int, falls: Whole, missing: int) -> list[Arcs]:
        """Give the arcs of the left; those of the right are these turned round."""
        most = self.crowd.most
        bound = np.maximum(self.crowd.least, self.count)
        extra, short = most > bound, bound > 0
        hubs = np.full(len(most), hub)
        return [
            Arcs.of(self.rungs + 1, self.rungs, most[self.owners], 0),
            Arcs.of(self.rungs, self.rungs + 1, most[self.owners], falls[self.owners]),
            Arcs.of(hubs[extra], self.feet[extra], (most - bound)[extra], 0),
            Arcs.of(self.feet[short], hubs[short], bound[short], missing),
        ]


class PromiseFlow:
    """Solves one market again and again under changing promises."""

    def __init__(self, market: Market) -> None:
        self._market = market
        reach = float(np.abs(market.pool.values).max(initial=0.0))
        self.reach = max(reach, float(np.abs(market.scores).max(initial=0.0))) or 1.0
        self._cost = -self._whole(market.pool.values)
        # labels of all feet from the last solution, to start from
        self._labels: tuple[Whole, Whole] = (
            np.zeros(len(market.left.most), np.int64),
            np.zeros(len(market.right.most), np.int64),
        )

    def _whole(self, values: FloatArray) -> Whole:
        whole: Whole = np.rint(values * (_STEPS / self.reach)).astype(np.int64)
        return whole

    def solve(
        self, left: Promises, right: Promises, penalties: tuple[FloatArray, FloatArray]
    ) -> Kept:
        """Choose the pairs; a broken promise costs a person's penalty for every rung it falls."""
        pool, missing = self._market.pool, _MISSING * _STEPS
        here = _Ladders.of(left, 0)
        there = _Ladders.of(right, here.end)
        hub = max(there.end, here.end)
        tails = (here.feet - here.count)[pool.rows] + left.rungs(self._market.scores)
        heads = (there.feet - there.count)[pool.columns] + right.rungs(self._market.scores)
        parts = [Arcs.of(tails, heads, 1, self._cost)]
        parts += here.arcs(hub, self._whole(penalties[0]), missing)
        parts += [
            Arcs(part.heads, part.tails, part.room, part.cost)
            for part in there.arcs(hub, self._whole(penalties[1]), missing)
        ]
        arcs = Arcs.joined(parts)
        supply = here.supply(hub + 1, hub) - there.supply(hub + 1, hub)
        flow = cheapest_flow(arcs, supply)
        labels = node_labels(arcs, flow, self._start((here, there), hub), _SWEEPS)
        labels -= labels[hub]
        self._labels = labels[here.feet], labels[there.feet]
        unit = self.reach / _STEPS
        return Kept(
            flow[: len(tails)] > 0,
            int(flow[arcs.cost == missing].sum()),
            labels[tails] * unit,
            -labels[heads] * unit,
        )

    def _start(self, ladders: tuple[_Ladders, _Ladders], hub: int) -> Whole:
        start = np.zeros(hub + 1, np.int64)
        for side, labels in zip(ladders, self._labels, strict=True):
            start[side.feet] = labels
            start[side.rungs] = labels[side.owners]
        return start
