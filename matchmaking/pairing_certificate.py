"""The independent checker: a bound on every pairing, from prices alone."""

import numpy as np

from matchmaking.errors import BadInput
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_tiles import AllowedValues, tiles
from matchmaking.scorers import FloatArray


def certified_bound(
    problem: PairingProblem, left_price: FloatArray, right_price: FloatArray
) -> float:
    """Return a number that the total of no feasible pairing exceeds, whatever the prices.

    For a pairing in which i has d_i partners, the total is the sum of u_i d_i and v_j d_j plus
    (value - u_i - v_j) over its pairs. The first is at most max(least u, most u); a pinned pair
    adds its remainder as it is; any other allowed pair adds at most max(0, value - u_i - v_j).

    Parameters
    ----------
    problem
        Of shape (n, m). For a result with unmet people, the problem with the effective bounds.
    left_price, right_price
        u (n,) and v (m,), of either sign.

    Notes
    -----
    O(n m) time and one tile of memory. Weak duality of the transportation problem; see for
    instance Ahuja, Magnanti and Orlin, Network Flows, 1993, chapter 9.
    """
    u, v = np.asarray(left_price, np.float64), np.asarray(right_price, np.float64)
    if (len(u), len(v)) != problem.shape or not np.isfinite(u).all() or not np.isfinite(v).all():
        raise BadInput(f"prices must be finite and as many as people, {problem.shape}")
    allowed = AllowedValues.of(problem)
    bound = people_bound(problem.left, u) + people_bound(problem.right, v)
    bound += _pinned_rest(problem, allowed, u, v)
    for tile in tiles(problem.shape):
        values = allowed.of_tile(tile)
        bound += positive_rest(values, u[tile.top : tile.bottom], v[tile.first : tile.last])
    return bound


def people_bound(bounds: Bounds, price: FloatArray) -> float:
    """Return the sum over one side of max(least x price, most x price)."""
    return float(np.maximum(bounds.least * price, bounds.most * price).sum())


def positive_rest(values: FloatArray, u: FloatArray, v: FloatArray) -> float:
    """Return the sum of max(0, value - u - v) over a block.

    Single-precision values are first sieved in single precision with a margin for rounding; what
    is left is summed in double precision.
    """
    rest = values - u.astype(values.dtype)[:, None]
    rest -= v.astype(values.dtype)
    size = np.abs(u).max(initial=0.0) + np.abs(v).max(initial=0.0) + 1.0
    rows, columns = np.nonzero(rest > -16 * np.finfo(values.dtype).eps * size)
    exact = values[rows, columns].astype(np.float64) - u[rows] - v[columns]
    return float(exact[exact > 0].sum())


def _pinned_rest(
    problem: PairingProblem, allowed: AllowedValues, u: FloatArray, v: FloatArray
) -> float:
    if not len(problem.pinned):
        return 0.0
    pins = np.unique(problem.pinned, axis=0)
    values = allowed.of_pairs(pins[:, 0], pins[:, 1])
    return float((values - u[pins[:, 0]] - v[pins[:, 1]]).sum())
