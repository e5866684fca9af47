"""Dual prices of an optimal flow, read off its residual graph.

OR-tools does not hand out potentials in Python, but any labels that no residual arc can lower
are potentials (Ahuja, Magnanti and Orlin, Network Flows, 1993, chapter 9.3). Label correcting,
one whole side at a time, finds them from any start: from nothing, or from last time's prices.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_flow import Flow, Network
from matchmaking.pairing_problem import Bounds
from matchmaking.scorers import IntArray

_FAR = np.int64(2**60)


@dataclass(frozen=True)
class Prices:
    """Prices of one more place at a person, left (n,) and right (m,), in the network's units."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]


@dataclass(frozen=True)
class _Segments:
    """Arcs grouped by person, so that one `reduceat` takes everybody's best arc."""

    people: IntArray
    starts: IntArray
    others: IntArray
    values: NDArray[np.int64]

    @classmethod
    def by(cls, key: IntArray, others: IntArray, values: NDArray[np.int64]) -> "_Segments":
        order = np.argsort(key, kind="stable")
        people, starts = np.unique(key[order], return_index=True)
        return cls(people, starts, others[order], values[order])


def residual_prices(network: Network, flow: Flow, start: Prices | None = None) -> Prices:
    """Return prices u, v with which the flow satisfies complementary slackness.

    A pair that is not chosen has value <= u + v and a chosen one value >= u + v; a person below
    their most has a price <= 0, one above their least >= 0, and one who is short -penalty.

    Parameters
    ----------
    network, flow
        A network and an optimal flow of it.
    start
        Labels to begin with: the nearer to an answer, the fewer sweeps. Without it the prices
        are the extreme ones, highest on the left and lowest on the right.

    Notes
    -----
    O(pairs) for a sweep; as many sweeps as the longest shortest path has hops.
    """
    chosen, rows, columns = flow.chosen, network.rows, network.columns
    held = _Segments.by(rows[chosen], columns[chosen], network.values[chosen])
    free = _Segments.by(columns[~chosen], rows[~chosen], network.values[~chosen])
    n, m = len(network.left.least), len(network.right.least)
    low_u, high_u = _limits(network.left, rows[chosen], flow.short_left, network.penalty)
    low_v, high_v = _limits(network.right, columns[chosen], flow.short_right, network.penalty)
    u = np.full(n, _FAR) if start is None else start.left.copy()
    v = np.full(m, -_FAR) if start is None else start.right.copy()
    hub = np.int64(0)
    while True:
        before = int(u.sum()), int(v.sum()), int(hub)
        np.minimum(u, high_u + hub, out=u)
        if len(held.people):
            best = np.minimum.reduceat(held.values - v[held.others], held.starts)
            u[held.people] = np.minimum(u[held.people], best)
        np.maximum(v, low_v - hub, out=v)
        if len(free.people):
            best = np.maximum.reduceat(free.values - u[free.others], free.starts)
            v[free.people] = np.maximum(v[free.people], best)
        hub = min(hub, np.min(u - low_u, initial=_FAR), np.min(high_v - v, initial=_FAR))
        if before == (int(u.sum()), int(v.sum()), int(hub)):
            return Prices(u - hub, v + hub)


def _limits(
    bounds: Bounds, partners: IntArray, short: IntArray, penalty: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The range in which a person's price must lie, from how full they are."""
    degree = np.bincount(partners, minlength=len(bounds.least))
    low = np.where((bounds.least == 0) | (degree > bounds.least), 0, -penalty).astype(np.int64)
    high = np.where(degree + short < bounds.most, 0, _FAR).astype(np.int64)
    high[short > 0] = -penalty
    return low, high
