"""What must hold of a team besides its shape, asked of one team or of every next member at once.

Public: ``Difference``, ``Conditions``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matchmaking.consortium_problem import TeamProblem
from matchmaking.consortium_rules import BalanceRule, CountryRule
from matchmaking.consortium_shape import same_entity_again
from matchmaking.consortium_worth import unseen
from matchmaking.scorers import IntArray

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Difference:
    """A team that must be another one: at most so many of these members again.

    Parameters
    ----------
    members
        (n,) whom it is about; nobody who is locked.
    """

    members: Bools
    most: int


class Conditions:
    """Who may be together, what the rules ask, and what a team must differ from.

    ``barred`` is (n, n): who cannot be in one team. ``open`` is (n,): who may be in it at all.
    """

    def __init__(self, problem: TeamProblem, differences: Sequence[Difference] = ()) -> None:
        locked = list(problem.locked)
        self.barred: Bools = problem.entity[:, None] == problem.entity
        one, other = problem.forbidden.reshape(-1, 2).T
        self.barred[one, other] = self.barred[other, one] = True
        self.barred[np.ix_(locked, locked)] = False
        np.fill_diagonal(self.barred, True)
        self.open: Bools = ~self.barred[locked].any(axis=0)
        self.open[list(problem.excluded)] = False
        self.open[locked] = True
        again = list(same_entity_again(problem))
        self.countries = tuple(_without(rule, again) for rule in problem.rules.countries)
        self.balance = tuple(_balance_without(rule, again) for rule in problem.rules.balance)
        self.differences = tuple(differences)

    def differing(self, differences: Sequence[Difference]) -> "Conditions":
        """Return the same conditions with other differences."""
        copy = object.__new__(Conditions)
        copy.__dict__.update(self.__dict__, differences=tuple(differences))
        return copy

    def may_join(self, team: Sequence[int]) -> Bools:
        """Tell who may join a team, (n,)."""
        free: Bools = self.open & ~self.barred[list(team)].any(axis=0)
        return free

    def lacking(self, team: Sequence[int], places: int) -> IntArray:
        """Count for every next member what would then be amiss, (n,); 0 when all can still hold.

        Parameters
        ----------
        places
            How many more members can mend it.
        """
        members = np.array(team, np.int64)
        found = np.zeros(len(self.open), np.int64)
        for rule in self.countries:
            there = np.unique(rule.country[members])
            there = there[there >= 0]
            fresh = unseen(rule.country, members)
            found += np.maximum(0, rule.least - len(there) - fresh - places)
        for balance in self.balance:
            have = np.bincount(balance.team[members] + 1, minlength=3)
            apart = np.abs(have[1] - have[2] + (balance.team == 0) - (balance.team == 1))
            found += np.maximum(0, apart - balance.most - places)
        for difference in self.differences:
            again = difference.members[members].sum() + difference.members
            found += np.maximum(0, again - difference.most)
        return found

    def hold(self, team: Sequence[int]) -> bool:
        """Tell whether all holds of a whole team."""
        members = list(team)
        among = np.ix_(members, members)
        apart = self.barred[among] & ~np.eye(len(members), dtype=bool)
        if apart.any() or not self.open[members].all():
            return False
        return not self.lacking(members[:-1], 0)[members[-1]]


def _without(rule: CountryRule, members: list[int]) -> CountryRule:
    country = rule.country.copy()
    country[members] = -1
    return replace(rule, country=country)


def _balance_without(rule: BalanceRule, members: list[int]) -> BalanceRule:
    team = rule.team.copy()
    team[members] = -1
    return replace(rule, team=team)
