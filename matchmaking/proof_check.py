"""The checker of a round's proof. It takes nothing from the solver but the last comparison.

For any prices u and v no pairing within the bounds exceeds the sum over people of
max(least x price, most x price), and over allowed pairs of max(0, value - u - v). A pinned pair,
which is in every pairing, adds value - u - v as it is.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from matchmaking.pairing import pair
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.proof import ProofFloor, ProofSide, RoundProof
from matchmaking.proof_scores import Matrix
from matchmaking.scorers import DenseScorer, FloatArray, IntArray

Code = Literal[
    "bounds-broken",
    "forbidden-pair",
    "missing-pin",
    "repeated-pair",
    "below-floor",
    "wrong-total",
    "wrong-bound",
    "wrong-largest",
    "another-total",
]
_NEAR = 1e-6
_ROWS = 256


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the proof says: a code, what it says and what was found."""

    code: Code
    stated: float
    found: float


@dataclass(frozen=True, slots=True)
class Checked:
    """What came out.

    Attributes
    ----------
    total, bound
        As recomputed.
    solved
        The largest total that the solver finds for the same people, bounds and scores.
    differences
        Empty when everything is as the proof says.
    """

    total: float
    bound: float
    solved: float
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether everything is as the proof says."""
        return not self.differences


@dataclass(frozen=True)
class _Values:
    """What pairs are worth: scores times one and both people's weights, less the worth."""

    scores: Matrix
    worth: float
    left: FloatArray
    right: FloatArray

    def of_rows(self, rows: slice) -> FloatArray:
        weight = 1.0 + self.left[rows, None] + self.right
        found: FloatArray = self.scores[rows] * weight - self.worth
        return found

    def of_pairs(self, pairs: IntArray) -> FloatArray:
        rows, columns = pairs[:, 0], pairs[:, 1]
        weight = 1.0 + self.left[rows] + self.right[columns]
        found: FloatArray = self.scores[rows, columns] * weight - self.worth
        return found


def check(proof: RoundProof) -> Checked:
    """Recompute a round: its total, whether it was allowed, its bound, and the largest total."""
    scores = proof.scores.matrix()
    plain = _Values(scores, proof.worth, *(np.zeros(size) for size in scores.shape))
    total = float(plain.of_pairs(proof.pairs).sum())
    bound = _bound(proof, plain, proof.left.price, proof.right.price)
    found = [*_not_allowed(proof), *_differs("wrong-total", proof.total, total)]
    solved = _solved(proof, scores)
    if proof.floor is not None:
        floor = proof.floor
        found += _below_floor(proof, plain)
        found += _differs("wrong-largest", floor.largest, solved)
        found += _differs("wrong-bound", floor.largest_bound, max(bound, floor.largest))
        bound = min(bound, _floor_bound(proof, floor, scores))
    elif proof.made_by == "solver":
        found += _differs("another-total", proof.total, solved)
    bound = max(bound, total)
    found += _differs("wrong-bound", proof.bound, bound)
    return Checked(total, bound, solved, tuple(found))


def _bound(proof: RoundProof, values: _Values, u: FloatArray, v: FloatArray) -> float:
    """Compute the bound of any prices."""
    bound = _people(proof.left, u) + _people(proof.right, v)
    closed = np.concatenate((proof.forbidden, proof.pinned))
    for top in range(0, len(u), _ROWS):
        rows = slice(top, top + _ROWS)
        rest = values.of_rows(rows) - u[rows, None] - v
        here = closed[(closed[:, 0] >= top) & (closed[:, 0] < top + _ROWS)]
        rest[here[:, 0] - top, here[:, 1]] = 0.0
        bound += float(rest[rest > 0].sum())
    pins = proof.pinned
    return bound + float((values.of_pairs(pins) - u[pins[:, 0]] - v[pins[:, 1]]).sum())


def _people(side: ProofSide, price: FloatArray) -> float:
    return float(np.maximum(side.least * price, side.most * price).sum())


def _floor_bound(proof: RoundProof, floor: ProofFloor, scores: Matrix) -> float:
    """Compute the bound above the floor: with what the weights add, less what they must give."""
    values = _Values(scores, proof.worth, floor.left_weight, floor.right_weight)
    given = float(floor.left_weight.sum() + floor.right_weight.sum())
    return _bound(proof, values, floor.left_price, floor.right_price) - floor.value * given


def _not_allowed(proof: RoundProof) -> list[Difference]:
    """List what the pairs break: bounds, forbidden pairs, pins, a pair that stands there twice."""
    width = max(1, len(proof.right.people))
    keys, pins, barred = (
        pairs[:, 0].astype(np.int64) * width + pairs[:, 1]
        for pairs in (proof.pairs, proof.pinned, proof.forbidden)
    )
    outside = 0
    for side, people in ((proof.left, proof.pairs[:, 0]), (proof.right, proof.pairs[:, 1])):
        partners = np.bincount(people, minlength=len(side.people))
        outside += int(((partners < side.least) | (partners > side.most)).sum())
    counts: tuple[tuple[Code, int], ...] = (
        ("repeated-pair", len(keys) - len(np.unique(keys))),
        ("forbidden-pair", int(np.isin(keys, barred).sum())),
        ("missing-pin", int((~np.isin(pins, keys)).sum())),
        ("bounds-broken", outside),
    )
    return [Difference(code, 0, count) for code, count in counts if count]


def _below_floor(proof: RoundProof, values: _Values) -> list[Difference]:
    """Tell when somebody whose weight is in the bound has less than the floor."""
    floor = proof.floor
    if floor is None:
        return []
    scores = values.of_pairs(proof.pairs) + proof.worth
    worst = np.inf
    for weight, people in (
        (floor.left_weight, proof.pairs[:, 0]),
        (floor.right_weight, proof.pairs[:, 1]),
    ):
        totals = np.bincount(people, scores, minlength=len(weight))
        worst = min(worst, float(totals[weight > 0].min(initial=np.inf)))
        if (weight < 0).any():
            worst = -np.inf
    return [Difference("below-floor", floor.value, worst)] if worst < floor.value - _NEAR else []


def _solved(proof: RoundProof, scores: Matrix) -> float:
    """Solve the same problem anew, without a floor."""
    problem = PairingProblem(
        scorer=DenseScorer(scores),
        left=Bounds(proof.left.least, proof.left.most),
        right=Bounds(proof.right.least, proof.right.most),
        forbidden=proof.forbidden,
        pinned=proof.pinned,
        worth=proof.worth,
    )
    return pair(problem, seed=proof.seed).total


def _differs(code: Code, stated: float, found: float) -> list[Difference]:
    near = abs(stated - found) <= _tolerance(stated)
    return [] if near else [Difference(code, stated, found)]


def _tolerance(size: float) -> float:
    return _NEAR * max(1.0, abs(size))
