"""What is asked of a pairing: scores, how many partners each, and pairs ruled out or in."""

from dataclasses import dataclass, field

import numpy as np

from matchmaking.errors import BadInput
from matchmaking.pairing_pairs import PairSet
from matchmaking.scorers import BlockScorer, IntArray

_NAMED = 5


@dataclass(frozen=True)
class Bounds:
    """How many partners each person of one side gets: at least `least`, at most `most`.

    Both are (n,) whole numbers with 0 <= least <= most; they are kept as int32.
    """

    least: IntArray
    most: IntArray

    def __post_init__(self) -> None:
        for name in ("least", "most"):
            object.__setattr__(self, name, _whole(getattr(self, name), name, ndim=1))
        if self.least.shape != self.most.shape:
            raise BadInput(
                f"least and most must be equally long, not {len(self.least)} and {len(self.most)}"
            )
        wrong = np.flatnonzero((self.least < 0) | (self.least > self.most))
        if len(wrong):
            raise BadInput(f"0 <= least <= most does not hold for index {_named(wrong)}")

    @classmethod
    def same(cls, people: int, least: int, most: int) -> "Bounds":
        """Give everyone the same bounds."""
        return cls(np.full(people, least), np.full(people, most))

    def of(self, people: IntArray) -> "Bounds":
        """Return the bounds of some of the people."""
        return Bounds(self.least[people], self.most[people])


def _no_pairs() -> IntArray:
    return np.zeros((0, 2), np.int32)


@dataclass(frozen=True)
class PairingProblem:
    """A pairing to be solved.

    Parameters
    ----------
    scorer
        The affinity of every left with every right person.
    left, right
        Bounds on the number of partners.
    forbidden
        (k, 2) pairs (left, right) that must not meet.
    pinned
        (k, 2) pairs that meet whatever they are worth; they count towards both bounds.
    worth
        The floor: a pair's value is its score minus this, and a pair of negative value is only
        made to honour somebody's least.
    sealed
        (k, 2) further forbidden pairs that are never proposed for lifting, such as a personal
        hide.

    Raises
    ------
    BadInput
        When sizes do not fit, an index is out of range, a pin is forbidden, or somebody has
        more pins than their most; the text names the indices.
    """

    scorer: BlockScorer
    left: Bounds
    right: Bounds
    forbidden: IntArray = field(default_factory=_no_pairs)
    pinned: IntArray = field(default_factory=_no_pairs)
    worth: float = 0.0
    sealed: IntArray = field(default_factory=_no_pairs)

    def __post_init__(self) -> None:
        shape = (len(self.left.least), len(self.right.least))
        if tuple(self.scorer.shape) != shape:
            raise BadInput(f"the scores are {self.scorer.shape}, but the bounds are for {shape}")
        if not np.isfinite(self.worth):
            raise BadInput(f"worth must be a finite number, not {self.worth}")
        for name in ("forbidden", "pinned", "sealed"):
            pairs = _whole(getattr(self, name), name, ndim=2)
            object.__setattr__(self, name, _in_range(pairs, name, shape))
        self._check_pins()

    @property
    def shape(self) -> tuple[int, int]:
        """How many people there are on the left and on the right."""
        return len(self.left.least), len(self.right.least)

    def _check_pins(self) -> None:
        if not len(self.pinned):
            return
        pins = PairSet.of(self.pinned, self.shape)
        for name in ("forbidden", "sealed"):
            both = pins.holds(getattr(self, name))
            if both.any():
                clash = getattr(self, name)[both]
                raise BadInput(f"pinned and {name} at once: pair {_named(clash)}; drop one of them")
        for side, bounds, degree in (
            ("left", self.left, np.diff(pins.starts)),
            ("right", self.right, np.bincount(pins.columns, minlength=self.shape[1])),
        ):
            over = np.flatnonzero(degree > bounds.most)
            if len(over):
                raise BadInput(
                    f"more pins than their most on the {side}: index {_named(over)}; "
                    "raise their most or drop a pin"
                )


def _whole(values: IntArray, name: str, ndim: int) -> IntArray:
    array = np.asarray(values)
    if array.size == 0 and ndim == 2:
        array = np.zeros((0, 2), np.int32)
    if array.size == 0 and array.dtype.kind == "f":
        array = array.astype(np.int32)
    if array.ndim != ndim or array.dtype.kind not in "iu" or (ndim == 2 and array.shape[1] != 2):
        expected = "(k, 2)" if ndim == 2 else "(n,)"
        raise BadInput(f"{name} must be {expected} whole numbers, not {array.dtype} {array.shape}")
    if array.size and (int(array.max()) > 2**31 - 1 or int(array.min()) < -(2**31)):
        raise BadInput(f"{name} has numbers beyond 32 bits")
    return array.astype(np.int32, copy=False)


def _in_range(pairs: IntArray, name: str, shape: tuple[int, int]) -> IntArray:
    if len(pairs):
        wrong = ((pairs < 0) | (pairs >= np.array(shape))).any(axis=1)
        if wrong.any():
            size = f"{shape[0]} x {shape[1]}"
            raise BadInput(f"{name} has indices outside of {size}: pair {_named(pairs[wrong])}")
    return pairs


def _named(where: IntArray) -> str:
    """Write out the first few of the indices (or pairs) at fault."""
    shown = ", ".join(
        str(tuple(int(part) for part in item)) if np.ndim(item) else str(int(item))
        for item in where[:_NAMED]
    )
    rest = len(where) - _NAMED
    return shown if rest <= 0 else f"{shown} and {rest} more"
