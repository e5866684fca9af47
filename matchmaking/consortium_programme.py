"""The choice of a team as an integer programme, over the candidates that a bound has left.

Public: ``Programme``, ``Answer``.

Variables: x_i, i is a member; z_rti, i is the t-th best of role r; c_v, a trait's value or a
rule's country is there; u_ij, j is i's best partner.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import vstack

from matchmaking.consortium_conditions import Conditions
from matchmaking.consortium_rows import Rows
from matchmaking.consortium_worth import Floats, Places, Worth
from matchmaking.scorers import IntArray

_SOLVED, _INFEASIBLE = 0, 2
_HALF = 0.5
_ANY_NODES = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The best team that was found, if any, and what no team can exceed."""

    team: tuple[int, ...] | None
    bound: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear relaxation: its value, and how much lower it is with whoever it leaves out.

    ``order`` is (m,): people, those of whom it takes most first.
    """

    bound: float
    costs: Floats
    order: Places


class Programme:
    """The integer programme of one shape.

    Parameters
    ----------
    people
        The candidates left, (m,).
    group
        (n,) the group of every candidate.
    """

    def __init__(
        self, worth: Worth, conditions: Conditions, group: IntArray, people: Places
    ) -> None:
        self._worth, self._conditions, self._people = worth, conditions, people
        self._mine = group[people]
        self._rows = Rows()
        self._gains: list[Floats] = []
        self._members = self._new(worth.alone[people])
        self._shape()
        self._rules()

    def complete(self) -> None:
        """Add everything that a score is made of."""
        self._roles()
        self._traits()
        self._bonds()
        self._barred_pairs()

    def any_team(self) -> tuple[int, ...] | None:
        """Return a team that fits, of people who each cover much; None if there is none."""
        self._gains[0] = self._gains[0] + self._worth.fits[:, self._people].sum(axis=0)
        self._barred_pairs()
        return self.best(_ANY_NODES).team

    def relaxed(self) -> Relaxed:
        """Solve the linear relaxation."""
        low, high = self._rows.low, self._rows.high
        matrix = self._rows.matrix(self._length)
        equal = low == high
        below, above = ~equal & np.isfinite(high), ~equal & np.isfinite(low)
        bounds = self._bounds()
        found = linprog(
            -np.concatenate(self._gains),
            A_ub=vstack([matrix[below], -matrix[above]]),
            b_ub=np.concatenate([high[below], -low[above]]),
            A_eq=matrix[equal],
            b_eq=low[equal],
            bounds=np.column_stack([bounds.lb, bounds.ub]),
            method="highs",
        )
        if found.status == _INFEASIBLE:
            return Relaxed(-np.inf, np.zeros(len(self._people)), self._people)
        if found.status != _SOLVED:
            return Relaxed(np.inf, np.zeros(len(self._people)), self._people)
        # of who is out; who is in at a price is needed rather than dear
        costs = np.maximum(found.lower.marginals[self._members], 0.0)
        order = self._people[np.argsort(-found.x[self._members], kind="stable")]
        return Relaxed(self._worth.constant - float(found.fun), costs, order)

    def best(self, nodes: int, above: float = -np.inf) -> Answer:
        """Look for the best team.

        Parameters
        ----------
        nodes
            How many nodes to look at before the bound is returned as it stands.
        above
            Look only for teams whose score is at least this.
        """
        gains = np.concatenate(self._gains)
        if np.isfinite(above):
            every = np.arange(self._length)
            self._rows.add(every, gains, above - self._worth.constant, np.inf)
        whole = np.zeros(self._length)
        whole[self._members] = 1
        rows = self._rows
        found = milp(
            -gains,
            integrality=whole,
            bounds=self._bounds(),
            constraints=LinearConstraint(rows.matrix(self._length), rows.low, rows.high),
            options={"node_limit": nodes, "mip_rel_gap": 0.0},
        )
        if found.status == _INFEASIBLE:
            return Answer(None, -np.inf)
        team = None
        if found.x is not None:
            chosen = self._people[found.x[self._members] > _HALF]
            team = tuple(int(one) for one in chosen)
        bound = np.inf
        if found.mip_dual_bound is not None:
            bound = self._worth.constant - float(found.mip_dual_bound)
        return Answer(team, bound)

    @property
    def _length(self) -> int:
        """How many variables there are."""
        return sum(map(len, self._gains))

    def _bounds(self) -> Bounds:
        least = np.zeros(self._length)
        least[self._members[np.isin(self._people, self._worth.problem.locked)]] = 1
        return Bounds(least, np.ones(self._length))

    def _new(self, gains: Floats) -> Places:
        first = self._length
        self._gains.append(gains)
        return np.arange(first, first + len(gains))

    def _shape(self) -> None:
        counts = self._worth.shape.counts
        for number, count in enumerate(counts):
            self._rows.add(self._members[self._mine == number], 1.0, count, count)
        # nobody of a group of which a shape says nothing
        self._rows.add(self._members[self._mine >= len(counts)], 1.0, 0, 0)
        entity = self._worth.problem.entity[self._people]
        locked = np.isin(self._people, self._worth.problem.locked)
        for one in np.unique(entity):
            same = (entity == one) & ~locked
            if same.sum() > 1:
                self._rows.add(self._members[same], 1.0, 0, 1)

    def _rules(self) -> None:
        for rule in self._conditions.countries:
            there = self._present(rule.country[self._people], 0.0)
            self._rows.add(there, 1.0, rule.least, np.inf)
        for balance in self._conditions.balance:
            team = balance.team[self._people]
            signs = np.where(team == 0, 1.0, np.where(team == 1, -1.0, 0.0))
            self._rows.add(self._members, signs, -balance.most, balance.most)
        for difference in self._conditions.differences:
            again = difference.members[self._people]
            self._rows.add(self._members[again], 1.0, 0, difference.most)

    def _present(self, values: IntArray, each: float) -> Places:
        """Add a variable for each value that is there when one of its members is."""
        different = np.unique(values[values >= 0])
        there = self._new(np.full(len(different), each))
        for variable, value in zip(there, different, strict=True):
            here = self._members[values == value]
            self._rows.add(
                np.append(here, variable), np.append(np.ones(len(here)), -1.0), 0, np.inf
            )
        return there

    def _roles(self) -> None:
        for fits in self._worth.fits[:, self._people]:
            slots = [self._new(fits * share) for share in self._worth.slots if share > 0]
            for variables in slots:
                self._rows.add(variables, 1.0, 0, 1)
            for place, member in enumerate(self._members):
                held = np.array([variables[place] for variables in slots])
                self._rows.add(
                    np.append(held, member), np.append(np.ones(len(held)), -1.0), -np.inf, 0
                )

    def _traits(self) -> None:
        for trait in self._worth.traits:
            self._present(trait.values[self._people], trait.each)

    def _bonds(self) -> None:
        """Add each member's best partner."""
        worth = self._worth.bonds(self._people, self._people)
        worth[self._conditions.barred[np.ix_(self._people, self._people)]] = 0
        for place, member in enumerate(self._members):
            partners = np.flatnonzero(worth[place] > 0)
            taken = self._new(worth[place, partners])
            self._rows.add_each(taken, self._members[partners])
            coefficients = np.append(np.ones(len(taken)), -1.0)
            self._rows.add(np.append(taken, member), coefficients, -np.inf, 0)

    def _barred_pairs(self) -> None:
        barred = self._conditions.barred[np.ix_(self._people, self._people)]
        entity = self._worth.problem.entity[self._people]
        for one, other in np.argwhere(np.triu(barred & (entity[:, None] != entity), 1)):
            self._rows.add(self._members[[one, other]], 1.0, 0, 1)
