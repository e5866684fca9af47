"""A round and its certificate as bare numbers: what another machine needs to recompute both.

People are pseudonyms in the order of these, so that a place in a list tells nothing either; pairs
are places in the two lists. A pair that somebody hides privately is one forbidden pair of many.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matchmaking.fairness_result import FairResult
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_result import PairingResult
from matchmaking.pairing_tiles import Tile
from matchmaking.proof_scores import Best, KeptScores, keep_scores
from matchmaking.scorers import BlockScorer, FloatArray, IntArray

MadeBy = Literal["solver", "hand"]


@dataclass(frozen=True)
class ProofSide:
    """One side: pseudonyms, what was asked and what is met of everybody's least, most, prices.

    ``least`` is ``asked`` less the partners that nobody could give; the bound holds for it.
    """

    people: tuple[str, ...]
    asked: IntArray
    least: IntArray
    most: IntArray
    price: FloatArray


@dataclass(frozen=True)
class ProofFloor:
    """The second certificate of a fair round: of the largest total above a floor.

    ``largest`` and ``largest_bound`` are those without a floor, which the sides' prices prove.
    """

    value: float
    left_price: FloatArray
    right_price: FloatArray
    left_weight: FloatArray
    right_weight: FloatArray
    largest: float
    largest_bound: float


@dataclass(frozen=True)
class RoundProof:
    """A round as numbers; ``worth`` as in ``PairingProblem``, ``floor`` of fair rounds only."""

    left: ProofSide
    right: ProofSide
    forbidden: IntArray
    pinned: IntArray
    worth: float
    seed: int
    pairs: IntArray
    total: float
    bound: float
    floor: ProofFloor | None
    scores: KeptScores
    made_by: MadeBy = "solver"


@dataclass(frozen=True)
class Names:
    """Everybody's pseudonym, in the order of the problem."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class _Turned:
    """A problem's people in the order of their pseudonyms."""

    scorer: BlockScorer
    left: IntArray
    right: IntArray

    @property
    def shape(self) -> tuple[int, int]:
        return self.scorer.shape

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        return self.scorer.score(self.left[rows], self.right[columns])

    def pairs(self, pairs: IntArray) -> IntArray:
        """Rename pairs (k, 2), sorted, each once."""
        places = np.column_stack(
            (np.argsort(self.left)[pairs[:, 0]], np.argsort(self.right)[pairs[:, 1]])
        )
        return PairSet.of(places, self.shape).pairs()


def proof_of(
    problem: PairingProblem, result: PairingResult | FairResult, names: Names, seed: int
) -> tuple[RoundProof, Best]:
    """Write a result down as numbers; and tell everybody's best score, in the problem's order."""
    left, right = (np.argsort(np.array(side)) for side in (names.left, names.right))
    turned = _Turned(problem.scorer, left, right)
    plain = result.plain if isinstance(result, FairResult) else result
    price = plain.certificate
    sides = (
        _side(names.left, left, problem.left, plain.effective_left, price.left_price),
        _side(names.right, right, problem.right, plain.effective_right, price.right_price),
    )
    excluded = np.concatenate((problem.forbidden, problem.sealed))
    same = replace(
        problem,
        scorer=turned,
        left=problem.left.of(left),
        right=problem.right.of(right),
        forbidden=turned.pairs(excluded),
        sealed=np.zeros((0, 2), np.int32),
        pinned=turned.pairs(problem.pinned),
    )
    floor = _floor(result, left, right) if isinstance(result, FairResult) else None
    pairs = turned.pairs(result.pairs)
    scores, best = keep_scores(same, _Near(sides, floor, problem.worth), pairs)
    proof = RoundProof(
        left=sides[0],
        right=sides[1],
        forbidden=same.forbidden,
        pinned=same.pinned,
        worth=problem.worth,
        seed=seed,
        pairs=pairs,
        total=result.total,
        bound=result.certificate.bound,
        floor=floor,
        scores=scores,
    )
    return proof, Best(best.left[np.argsort(left)], best.right[np.argsort(right)])


def _side(
    names: tuple[str, ...], order: IntArray, asked: Bounds, met: Bounds, price: FloatArray
) -> ProofSide:
    people = tuple(names[place] for place in order.tolist())
    return ProofSide(people, asked.least[order], met.least[order], met.most[order], price[order])


def _floor(result: FairResult, left: IntArray, right: IntArray) -> ProofFloor:
    under = result.certificate
    return ProofFloor(
        value=under.floor,
        left_price=under.left_price[left],
        right_price=under.right_price[right],
        left_weight=under.left_weight[left],
        right_weight=under.right_weight[right],
        largest=result.plain.total,
        largest_bound=result.plain.certificate.bound,
    )


class _Near:
    """Tells which scores, rounded up, would count for a bound: with or without the floor."""

    def __init__(
        self, sides: tuple[ProofSide, ProofSide], floor: ProofFloor | None, worth: float
    ) -> None:
        self._sides = sides
        self._floor = floor
        self._worth = worth

    def __call__(self, tile: Tile, scores: FloatArray) -> NDArray[np.bool_]:
        rows, columns = slice(tile.top, tile.bottom), slice(tile.first, tile.last)
        left, right = (side.price for side in self._sides)
        prices = left[rows, None] + right[columns] + self._worth
        found: NDArray[np.bool_] = scores > prices
        if self._floor is not None:
            floor = self._floor
            weight = 1.0 + floor.left_weight[rows, None] + floor.right_weight[columns]
            under = floor.left_price[rows, None] + floor.right_price[columns] + self._worth
            found |= scores * weight > under
        return found
