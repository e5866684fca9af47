"""The best team, and the proof: a search, then a bound, then an integer programme on the rest.

Public: ``Solver``, ``Solved``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchmaking.consortium_attempt import Attempt
from matchmaking.consortium_conditions import Conditions, Difference
from matchmaking.consortium_problem import TeamProblem
from matchmaking.consortium_shape import Shape, shapes_of
from matchmaking.consortium_watch import TeamWatch
from matchmaking.consortium_worth import Places, Worth

_POOL_OF_ROLE, _POOL_OF_COUNTRY = 40, 8
_STARTED = 3
"""How many of the shapes, the best first, are searched from many starts."""
_RANDOM_STARTS = 3
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Solved:
    """The best team that was found, None when there is none, its score, and the bound."""

    team: tuple[int, ...] | None
    score: float
    bound: float


class Solver:
    """Finds best teams of one problem, each under other differences.

    Parameters
    ----------
    seed
        Of the random starts of the search; the same seed gives the same teams.
    """

    def __init__(self, problem: TeamProblem, watch: TeamWatch, seed: int = 0) -> None:
        self._problem, self._watch, self._seed = problem, watch, seed
        shapes = shapes_of(problem)
        self._shapes, self._group = shapes.every, shapes.group
        self._conditions = Conditions(problem)
        self._open: Places = np.flatnonzero(self._conditions.open)
        self._pool = self._likely()

    def best(self, others: Sequence[Sequence[int]] = ()) -> Solved:
        """Find the best team that differs from some others in half of the free places."""
        if len(self._pool) < _FEWEST:
            return Solved(None, -np.inf, -np.inf)
        attempts = [self._work(shape, others) for shape in self._shapes]
        best = self._searched(attempts)
        if best is None:
            return Solved(None, -np.inf, -np.inf)
        attempts.sort(key=lambda attempt: -attempt.found)
        for attempt in attempts:
            self._watch.check("bound")
            attempt.lower(best.found, self._open)
            best = max(best, attempt, key=lambda one: one.found)
        for attempt in attempts:
            self._watch.check("proof")
            attempt.prove(best.found)
            best = max(best, attempt, key=lambda one: one.found)
        bound = max(best.found, *(attempt.bound for attempt in attempts))
        return Solved(best.team, best.found, bound)

    def worth(self, team: Sequence[int]) -> Worth:
        """Return the worth of teams of the shape that a team has."""
        here = np.bincount(self._group[list(team)], minlength=3).tolist()
        shape = next(one for one in self._shapes if [*one.counts] == here[: len(one.counts)])
        return Worth(self._problem, shape)

    def _work(self, shape: Shape, others: Sequence[Sequence[int]]) -> Attempt:
        differences = [difference(self._problem, shape, other) for other in others]
        conditions = self._conditions.differing(differences)
        return Attempt(Worth(self._problem, shape), conditions, self._group, self._pool)

    def _searched(self, attempts: list[Attempt]) -> Attempt | None:
        """Search all shapes once, and those that look best from many starts."""
        for attempt in attempts:
            self._watch.check("search")
            attempt.search(())
        attempts.sort(key=lambda attempt: -attempt.found)
        rng = np.random.default_rng(self._seed)
        starts = [[int(self._pool[fits.argmax()])] for fits in self._problem.fits[:, self._pool]]
        for attempt in attempts[:_STARTED]:
            self._watch.check("search")
            for start in starts:
                attempt.search(start)
            for _ in range(_RANDOM_STARTS):
                attempt.search(rng.choice(self._pool, 2, replace=False).tolist())
        if all(attempt.team is None for attempt in attempts):
            for attempt in attempts:
                if attempt.any_team(self._open):
                    break
        best = max(attempts, key=lambda attempt: attempt.found, default=None)
        return None if best is None or best.team is None else best

    def _likely(self) -> Places:
        """List whom a search looks at: who fits a role best, here or in a country, and locked."""
        fits, places = self._problem.fits[:, self._open], self._open
        chosen = set(np.argsort(-fits, axis=1, kind="stable")[:, :_POOL_OF_ROLE].ravel().tolist())
        order = np.argsort(-fits.sum(axis=0), kind="stable")
        labels = [rule.country for rule in self._problem.rules.countries]
        for values in (*labels, self._problem.half, self._group):
            for value in np.unique(values[places]):
                chosen.update(order[values[places[order]] == value][:_POOL_OF_COUNTRY].tolist())
        return np.unique([*places[sorted(chosen)].tolist(), *self._problem.locked]).astype(np.int64)


def difference(problem: TeamProblem, shape: Shape, other: Sequence[int]) -> Difference:
    """Ask a team of a shape to differ from another in half of the places that are not locked."""
    free = min(shape.size, len(other)) - len(problem.locked)
    members = np.zeros(problem.people, bool)
    members[[one for one in other if one not in problem.locked]] = True
    return Difference(members, free // 2)
