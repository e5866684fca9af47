"""What a fair pairing hands back: the pairs, both bounds, and what raising the floor cost."""

from dataclasses import dataclass

from matchmaking.fairness_market import FairSide
from matchmaking.pairing_problem import Bounds
from matchmaking.pairing_result import PairingResult, Unmet
from matchmaking.scorers import FloatArray, IntArray


@dataclass(frozen=True)
class FloorPrice:
    """A floor that was reached, and the largest total that was found with everybody above it."""

    floor: float
    total: float


@dataclass(frozen=True)
class FloorCertificate:
    """Prices and weights that prove how good a total is among all pairings above a floor.

    left_weight (n,) and right_weight (m,), 0 or more, are what a unit of each person's total is
    worth beside its affinity; left_price and right_price are those of the problem with the weights
    in the scores. `bound` is `certified_floor_bound` of these; gap = (bound - total) /
    max(1, |bound|).
    """

    floor: float
    left_weight: FloatArray
    right_weight: FloatArray
    left_price: FloatArray
    right_price: FloatArray
    bound: float
    gap: float


@dataclass(frozen=True)
class FairResult:
    """A pairing whose worst-off person is raised.

    Attributes
    ----------
    pairs, scores, total
        As in `PairingResult`.
    side
        Whose worst-off person was raised.
    floor
        The smallest total of scores among the people who count; see `fair_pair`.
    worst_bound
        No feasible pairing gives everybody who counts more than this.
    worst_left, worst_right
        The smallest total that a person with most > 0 gets, whether they count or not.
    price
        The share of the largest total that was given up, 0.01 for a hundredth.
    curve
        Floors and totals on the way up, from the unconstrained optimum to this pairing; what is
        above a floor's total may still be possible.
    certificate
        The proof for the total under the floor.
    plain
        The optimum without a floor: what was before, with its own certificate.
    """

    pairs: IntArray
    scores: FloatArray
    total: float
    side: FairSide
    floor: float
    worst_bound: float
    worst_left: float
    worst_right: float
    price: float
    curve: tuple[FloorPrice, ...]
    certificate: FloorCertificate
    plain: PairingResult

    @property
    def unmet(self) -> tuple[Unmet, ...]:
        """Who stays below their least: the same people, by as many, as without a floor."""
        return self.plain.unmet

    @property
    def effective_left(self) -> Bounds:
        """The bounds that are met on the left."""
        return self.plain.effective_left

    @property
    def effective_right(self) -> Bounds:
        """The bounds that are met on the right."""
        return self.plain.effective_right
