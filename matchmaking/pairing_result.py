"""What a pairing run hands back: the pairs, the proof, and who could not be served."""

from dataclasses import dataclass
from typing import Literal

from matchmaking.pairing_problem import Bounds
from matchmaking.scorers import FloatArray, IntArray

Side = Literal["left", "right"]
Why = Literal["no-allowed-partner", "too-few-people", "not-enough-partners", "partners-full"]


@dataclass(frozen=True)
class Progress:
    """How far a run is: step `done` of `total` in a stage; `gap` once a bound is known."""

    stage: Literal["scores", "flow", "prices", "explanation", "floor"]
    done: int
    total: int
    gap: float | None = None


@dataclass(frozen=True)
class Certificate:
    """Prices that prove how good a pairing is.

    left_price (n,) and right_price (m,) are shadow prices of one more place at a person.
    `bound` is `certified_bound` at these prices, for the effective bounds of the result; no
    pairing with as little shortfall has a larger total. gap = (bound - total) / max(1, |bound|).
    """

    left_price: FloatArray
    right_price: FloatArray
    bound: float
    gap: float


@dataclass(frozen=True)
class Raise:
    """One person's most, to be raised by `by`."""

    side: Side
    index: int
    by: int


@dataclass(frozen=True)
class Lift:
    """One exclusion (left, right) to be lifted."""

    left: int
    right: int


@dataclass(frozen=True)
class SmallestChange:
    """The fewest unit changes that serve one person while everybody else keeps their least.

    A unit change is one more place at somebody (`raises`) or one lifted exclusion (`lifts`).
    `lower_least` is what remains when no such changes serve the person in full: by so many must
    their own least come down.
    """

    raises: tuple[Raise, ...]
    lifts: tuple[Lift, ...]
    lower_least: int

    @property
    def size(self) -> int:
        """How many unit changes these are, the person's own least not counted."""
        return sum(item.by for item in self.raises) + len(self.lifts)


@dataclass(frozen=True)
class Unmet:
    """A person who gets `missing` partners fewer than their least, and why."""

    side: Side
    index: int
    missing: int
    why: Why
    change: SmallestChange | None


@dataclass(frozen=True)
class PairingResult:
    """A pairing that is optimal within certificate.gap.

    Attributes
    ----------
    pairs
        (k, 2) whole numbers (left, right), sorted.
    scores
        (k,) the scores of the pairs.
    total
        The sum of score - worth over the pairs.
    certificate
        The proof; it holds for the effective bounds.
    unmet
        Who stays below their least; empty when everyone is served.
    worst_left, worst_right
        The smallest total of scores that a person with most > 0 gets; 0 when there is no one.
    effective_left, effective_right
        The bounds that are met: the given ones, with `least` lowered by what is missing.
    """

    pairs: IntArray
    scores: FloatArray
    total: float
    certificate: Certificate
    unmet: tuple[Unmet, ...]
    worst_left: float
    worst_right: float
    effective_left: Bounds
    effective_right: Bounds
