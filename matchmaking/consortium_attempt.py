"""One shape of a team on its way from the first team found to the proof that none is better.

Public: ``Attempt``.
"""

from collections.abc import Sequence

import numpy as np

from matchmaking.consortium_bound import TOLERANCE, Relaxation
from matchmaking.consortium_conditions import Conditions
from matchmaking.consortium_programme import Programme
from matchmaking.consortium_search import Search
from matchmaking.consortium_worth import Places, Worth
from matchmaking.scorers import IntArray

_FIRST_STEPS, _STEPS = 60, 300
_SMALL = 40
"""So few candidates are better left to the linear relaxation."""
_RELAXED, _EXACT = 250, 60
"""The most candidates for whom the linear relaxation, and the integer programme, is solved."""
_NODES = 400
_STARTS = 4
"""Searches from what the linear relaxation takes most of."""
_CUT = 1e-6
"""By how much a team must be better to be looked for: the solver's own tolerance."""
_FEW = 0.9


class Attempt:
    """What was found of one shape, and what no team of it can exceed.

    ``found`` is the score of ``team``; ``bound`` is minus infinity as soon as no team of this shape
    is better than the best known of any.
    """

    def __init__(self, worth: Worth, conditions: Conditions, group: IntArray, pool: Places) -> None:
        self._worth, self._conditions, self._group = worth, conditions, group
        self._search = Search(worth, conditions, group, pool)
        self.team: tuple[int, ...] | None = None
        self.found = -np.inf
        self.bound = np.inf
        self._left: Places = np.zeros(0, np.int64)

    def search(self, start: Sequence[int]) -> None:
        """Search from a start, and keep the team if it is better."""
        self._keep(self._search.from_start(start))

    def any_team(self, people: Places) -> bool:
        """Look for any team of this shape among some people."""
        programme = Programme(self._worth, self._conditions, self._group, people)
        team = programme.any_team()
        if team is not None:
            self._keep(self._search.swapped(team))
        return team is not None

    def lower(self, best: float, people: Places) -> None:
        """Lower the bound, rule people out, and search from what the bound would choose."""
        relaxation = Relaxation(self._worth, self._conditions, self._group, people)
        for steps in (_FIRST_STEPS, _STEPS):
            if len(relaxation.people) <= _SMALL:
                break
            relaxation.improve(max(best, self.found), steps)
            choice = relaxation.choice()
            if choice is None:
                break
            self.search(choice)
        relaxation.improve(max(best, self.found), 1)
        self._left = relaxation.people
        self.bound = relaxation.bound if len(self._left) else -np.inf

    def prove(self, best: float) -> None:
        """Solve what is left as a programme, if it is small enough."""
        if self.bound <= max(best, self.found) + TOLERANCE:
            self.bound = -np.inf
        while np.isfinite(self.bound) and len(self._left) <= _RELAXED:
            relaxed = self._programme().relaxed()
            for tried in range(_STARTS):
                self.search(relaxed.order[tried:][: self._worth.shape.size].tolist())
            enough = max(best, self.found) + TOLERANCE
            self.bound = min(self.bound, relaxed.bound)
            if self.bound <= enough:
                self.bound = -np.inf
                return
            kept = relaxed.bound - relaxed.costs > enough
            kept |= np.isin(self._left, self._worth.problem.locked)
            few = kept.sum() < _FEW * len(self._left)
            self._left = self._left[kept]
            if not few:
                break
        if np.isfinite(self.bound) and len(self._left) <= _EXACT:
            self._solve(max(best, self.found))

    def _solve(self, best: float) -> None:
        answer = self._programme().best(_NODES, best + _CUT)
        self._keep(answer.team)
        self.bound = min(self.bound, answer.bound)

    def _programme(self) -> Programme:
        programme = Programme(self._worth, self._conditions, self._group, self._left)
        programme.complete()
        return programme

    def _keep(self, team: tuple[int, ...] | None) -> None:
        if team is not None:
            score = self._worth.score(team)
            if score > self.found:
                self.team, self.found = team, score
