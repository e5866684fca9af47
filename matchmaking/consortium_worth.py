"""What a team is worth: the one definition that search, bound and programme share.

Public: ``Worth``, ``TeamParts``, ``unseen(values, members)``.

With S the team, k its size, r the roles, a_ri how well i fits r, w_r the weights of the roles
(they add up to 1), p_ij the affinity of two members,

    score(S) =   coverage * sum over r of w_r ((1 - second) best of a_ri + second * second best)
               + affinity * (mean over i in S of the best p_ij among the others j in S)
               + sum over traits of weight * (different values in S) / (as many as S could have)
               - overlap  * (members whose line of work another one has already) / k
               - load     * (mean load of S)

In a mirrored team the best p_ij is sought in the other half.
All sums are submodular: one more member who can do the same adds less. Affinity
counts for each member's best partner and not for all pairs: everybody is to have somebody to work
with, and nobody works with all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.consortium_problem import TeamProblem
from matchmaking.consortium_shape import Shape
from matchmaking.scorers import IntArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TeamParts:
    """What a team's score is made of, each in [0, 1] before it is weighed.

    ``traits`` holds how many different values there are of each trait, by its name.
    """

    coverage: float
    affinity: float
    overlap: float
    load: float
    traits: dict[str, int]


@dataclass(frozen=True, slots=True)
class WeighedTrait:
    """A trait's values (n,), and what each different one adds."""

    values: IntArray
    each: float


class Worth:
    """The worth of teams of one shape, in sums that need no division any more."""

    def __init__(self, problem: TeamProblem, shape: Shape) -> None:
        self.problem, self.shape = problem, shape
        weights, size = problem.weights, shape.size
        shares = np.ones(len(problem.fits))
        if problem.role_weights is not None:
            shares = problem.role_weights.astype(np.float64)
        shares = shares / shares.sum()
        self.fits: Floats = problem.fits.astype(np.float64) * (weights.coverage * shares)[:, None]
        self.slots: Floats = np.array([1 - weights.second, weights.second])
        load = np.zeros(problem.people) if problem.load is None else problem.load
        self.alone: Floats = -weights.load / size * load.astype(np.float64)
        self.for_affinity = weights.affinity / size
        self.constant = -weights.overlap
        self.traits = (
            *(
                WeighedTrait(trait.values, trait.weight / _fullest(trait.values, size))
                for trait in problem.traits
            ),
            # what a line of work adds makes up for the constant, but for who has the same one
            WeighedTrait(problem.line, weights.overlap / size),
        )

    def bonds(self, rows: Places, columns: Places) -> Floats:
        """Return what a member gets of a partner, (len(rows), len(columns)); 0 for no partner."""
        problem = self.problem
        affinity = problem.affinity[np.ix_(rows, columns)]
        bonds: Floats = self.for_affinity * affinity.astype(np.float64)
        if problem.mirror:
            bonds[problem.half[rows][:, None] == problem.half[columns]] = 0
        bonds[rows[:, None] == columns] = 0
        return bonds

    def score(self, team: Sequence[int]) -> float:
        """Return a team's score."""
        members = np.array(sorted(team), np.int64)
        total = self.constant + self._covered(members) + float(self.alone[members].sum())
        total += float(self.bonds(members, members).max(axis=1, initial=0).sum())
        return total + sum(_different(one.values[members]) * one.each for one in self.traits)

    def parts(self, team: Sequence[int]) -> TeamParts:
        """Return what a team's score is made of."""
        members, problem = np.array(sorted(team), np.int64), self.problem
        weights = problem.weights
        bonds = self.bonds(members, members).max(axis=1, initial=0).sum()
        load = 0.0 if problem.load is None else float(problem.load[members].mean())
        return TeamParts(
            coverage=self._covered(members) / (weights.coverage or 1),
            affinity=float(bonds) / (weights.affinity or 1),
            overlap=1 - _different(problem.line[members]) / len(members),
            load=load,
            traits={trait.name: _different(trait.values[members]) for trait in problem.traits},
        )

    def _covered(self, members: Places) -> float:
        best = -np.sort(-self.fits[:, members], axis=1)[:, : len(self.slots)]
        return float((best @ self.slots[: best.shape[1]]).sum())


def unseen(values: IntArray, members: Places) -> NDArray[np.bool_]:
    """Tell who has a value, known, that none of the members has; (n,)."""
    # the last place is that of -1: what is not known is no new value
    seen = np.zeros(int(values.max(initial=0)) + 2, bool)
    seen[values[members]] = True
    seen[-1] = True
    fresh: NDArray[np.bool_] = ~seen[values]
    return fresh


def _different(values: IntArray) -> int:
    return len(np.unique(values[values >= 0]))


def _fullest(values: IntArray, size: int) -> int:
    """Return how many different values a team of a size could have at most."""
    return max(1, min(size, _different(values)))
