"""What is asked of a team: who may be in it, what they bring, and what must hold of it.

Public: ``Trait``, ``TeamWeights``, ``TeamProblem``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matchmaking.consortium_rules import TeamRules
from matchmaking.errors import BadInput
from matchmaking.scorers import IntArray

Matrix = NDArray[np.float32]
MOST_ROLES = 16
MOST_MEMBERS = 12


@dataclass(frozen=True, slots=True)
class Trait:
    """Something of which a team should have different values: countries, say, or experience.

    Parameters
    ----------
    name
        What the caller calls it.
    values
        (n,) whole numbers, -1 where it is not known; what is not known adds nothing.
    weight
        What a team gets that has every value it can have.
    """

    name: str
    values: IntArray
    weight: float


@dataclass(frozen=True, slots=True)
class TeamWeights:
    """What a team's score weighs; with the traits' weights the good ones should add up to 1.

    Parameters
    ----------
    coverage, affinity
        Of roles that are covered, and of everybody having somebody to work with.
    overlap, load
        What is taken off: for members who do the same thing, and for members who are busy.
    second
        The share of a role's second best member in its coverage, 0 to 1/2; the best has the rest.
    """

    coverage: float = 0.7
    affinity: float = 0.1
    overlap: float = 0.15
    load: float = 0.1
    second: float = 0.0

    def __post_init__(self) -> None:
        parts = (self.coverage, self.affinity, self.overlap, self.load)
        if not all(0 <= part < float("inf") for part in parts) or not 0 <= self.second <= 0.5:
            raise BadInput("weights must be 0 or more, and second in [0, 1/2]")


def _no_pairs() -> IntArray:
    return np.zeros((0, 2), np.int32)


@dataclass(frozen=True)
class TeamProblem:
    """A team to be chosen among n candidates for some roles.

    Parameters
    ----------
    fits
        (roles, n) in [0, 1]: how well each candidate fits each role; 0 for who may not take it.
    affinity
        (n, n) in [0, 1], symmetric: how well two fit.
    line
        (n,) 0 or more: the line of work. Two members of one line do the same thing.
    half
        (n,) 0 or 1: the side on which a candidate is.
    entity
        (n,) whole numbers: the legal entity. A team has one member of each, unless more are locked;
        of these the first one's country counts.
    load
        (n,) in [0, 1]: how busy a candidate is.
    role_weights
        (roles,), above 0; equal ones by default.
    traits, weights
        See there.
    forbidden
        (m, 2) pairs who are not to be in one team; two who are locked may be.
    locked, excluded
        Who must be in it, and who must not.
    size
        The fewest and the most members.
    mirror
        Whether the halves are of about equal size, and everybody's partner is in the other half.
    rules
        What must hold of countries and teams (``consortium_rules``).

    Raises
    ------
    BadInput
        When sizes or values do not fit; the text says which.
    """

    fits: Matrix
    affinity: Matrix
    line: IntArray
    half: IntArray
    entity: IntArray
    load: NDArray[np.float64] | None = None
    role_weights: NDArray[np.float64] | None = None
    traits: Sequence[Trait] = ()
    weights: TeamWeights = field(default_factory=TeamWeights)
    forbidden: IntArray = field(default_factory=_no_pairs)
    locked: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    size: tuple[int, int] = (5, 8)
    mirror: bool = False
    rules: TeamRules = field(default_factory=TeamRules)

    def __post_init__(self) -> None:
        self._check_sizes()
        for name in ("fits", "affinity"):
            _within_one(getattr(self, name), name)
        if not np.array_equal(self.affinity, self.affinity.T):
            raise BadInput("affinity must be symmetric")
        if self.load is not None:
            _within_one(self.load, "load")
        self._check_people()

    @property
    def people(self) -> int:
        """How many candidates there are."""
        return int(self.fits.shape[1])

    def _check_sizes(self) -> None:
        roles, people = self.fits.shape
        if not 1 <= roles <= MOST_ROLES:
            raise BadInput(f"a team has 1 to {MOST_ROLES} roles, not {roles}")
        low, high = self.size
        if not 2 <= low <= high <= MOST_MEMBERS:
            raise BadInput(f"a team has 2 to {MOST_MEMBERS} members, not {low} to {high}")
        for name, array, shape in (
            ("affinity", self.affinity, (people, people)),
            ("line", self.line, (people,)),
            ("half", self.half, (people,)),
            ("entity", self.entity, (people,)),
            ("load", self.load, (people,)),
            ("role_weights", self.role_weights, (roles,)),
            *((trait.name, trait.values, (people,)) for trait in self.traits),
        ):
            if array is not None and array.shape != shape:
                raise BadInput(f"{name} must be {shape}, not {array.shape}")
        if self.role_weights is not None and not (self.role_weights > 0).all():
            raise BadInput("role_weights must be above 0")

    def _check_people(self) -> None:
        named = [*self.locked, *self.excluded, *self.forbidden.ravel().tolist()]
        if any(not 0 <= one < self.people for one in named):
            raise BadInput(f"locked, excluded and forbidden must be numbers below {self.people}")
        both = set(self.locked) & set(self.excluded)
        if both or len(set(self.locked)) < len(self.locked):
            raise BadInput("nobody can be locked twice, or locked and excluded at once")


def _within_one(array: NDArray[np.floating], name: str) -> None:
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        raise BadInput(f"{name} must be within 0 and 1")
