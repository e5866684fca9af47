"""Dual prices of an optimal flow, read off its residual graph.

OR-tools does not hand out potentials in Python, but labels that no residual arc can lower are
potentials (Ahuja, Magnanti and Orlin, Network Flows, 1993, chapters 5 and 9). Label correcting,
a whole front of people at a time, finds them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_flow import Flow, Network
from matchmaking.pairing_problem import Bounds
from matchmaking.scorers import FloatArray, IntArray

_FAR = np.int64(2**60)
_Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Prices:
    """Prices of one more place at a person, left (n,) and right (m,).

    A price of +inf is that of somebody who may have no partner.
    """

    left: FloatArray
    right: FloatArray

    @property
    def size(self) -> float:
        """The largest finite price on the left plus that on the right, signs aside."""
        return sum(
            float(np.abs(side[np.isfinite(side)]).max(initial=0.0))
            for side in (self.left, self.right)
        )


def central_prices(network: Network, flow: Flow) -> Prices:
    """Return prices half-way between the extreme ones.

    All prices that prove a flow optimal form a lattice between the highest on the left and the
    highest on the right. Those in its middle leave the fewest pairs outside of the network looking
    better than they are.
    """
    high = extreme_prices(network, flow)
    order = np.argsort(network.columns, kind="stable")
    turned = Network(
        rows=network.columns[order],
        columns=network.rows[order],
        values=network.values[order],
        left=network.right,
        right=network.left,
        penalty=network.penalty,
    )
    low = extreme_prices(turned, Flow(flow.chosen[order], flow.short_right, flow.short_left))
    return Prices((high.left + low.right) / 2, (high.right + low.left) / 2)


def extreme_prices(network: Network, flow: Flow) -> Prices:
    """Return the prices, highest on the left and lowest on the right, that prove a flow optimal.

    With prices u and v a pair that is not chosen has value <= u + v and a chosen one
    value >= u + v; who has room for more has a price <= 0, who is above their least >= 0, and who
    is short has -penalty, which no price is below.

    Parameters
    ----------
    network, flow
        A network, sorted by row, and an optimal flow of it.

    Notes
    -----
    The first sweep looks at every pair, later ones only at those of people whose label moved.
    Somebody who may have no partner gets a price beyond all values.
    """
    n, m, chosen = len(network.left.least), len(network.right.least), flow.chosen
    free = _Arcs.of(n, network.rows[~chosen], network.columns[~chosen], network.values[~chosen])
    held = _Arcs.of(m, network.columns[chosen], network.rows[chosen], network.values[chosen])
    low_u, high_u = _limits(network.left, network.rows[chosen], flow.short_left, network.penalty)
    low_v, high_v = _limits(network.right, held.keys, flow.short_right, network.penalty)
    u, v, hub = np.full(n, _FAR), np.full(m, -_FAR), np.int64(0)
    moved, hub_moved = np.ones(n, bool), True
    while hub_moved or moved.any():
        before = v.copy()
        np.maximum(v, low_v - hub, out=v)
        arcs = free.of_people(moved)
        np.maximum.at(v, free.others[arcs], free.values[arcs] - u[free.keys[arcs]])
        arcs = held.of_people(v > before)
        before = u.copy()
        np.minimum(u, high_u + hub, out=u)
        np.minimum.at(u, held.others[arcs], held.values[arcs] - v[held.keys[arcs]])
        moved = u < before
        lower = min(hub, np.min(u - low_u, initial=_FAR), np.min(high_v - v, initial=_FAR))
        hub_moved, hub = bool(lower < hub), lower
    return Prices((u - hub).astype(np.float64), (v + hub).astype(np.float64))


@dataclass(frozen=True)
class _Arcs:
    """Pairs sorted by one of the two people; those of person i are at starts[i]..starts[i + 1]."""

    starts: NDArray[np.intp]
    keys: IntArray
    others: IntArray
    values: _Labels

    @classmethod
    def of(cls, people: int, keys: IntArray, others: IntArray, values: _Labels) -> "_Arcs":
        order = np.argsort(keys, kind="stable")
        starts = np.searchsorted(keys[order], np.arange(people + 1))
        return cls(starts, keys[order], others[order], values[order])

    def of_people(self, wanted: NDArray[np.bool_]) -> NDArray[np.intp] | slice:
        """Return the places of these people's pairs."""
        if wanted.all():
            return slice(None)
        people = np.flatnonzero(wanted)
        starts, counts = self.starts[people], np.diff(self.starts)[people]
        skipped = starts - (np.cumsum(counts) - counts)
        places: NDArray[np.intp] = np.arange(counts.sum()) + np.repeat(skipped, counts)
        return places


def _limits(
    bounds: Bounds, partners: IntArray, short: IntArray, penalty: int
) -> tuple[_Labels, _Labels]:
    """Return the range in which a person's price must lie, from how full they are."""
    degree = np.bincount(partners, minlength=len(bounds.least))
    low = np.where((bounds.least == 0) | (degree > bounds.least), 0, -penalty).astype(np.int64)
    high = np.where(degree + short < bounds.most, 0, _FAR).astype(np.int64)
    high[short > 0] = -penalty
    return low, high
