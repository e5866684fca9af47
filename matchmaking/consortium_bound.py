"""What no team of a shape can exceed, and who can be in none that is better than the best known.

Public: ``Relaxation``.

For any multipliers of 0 or more, with k_h members in group h,

    bound = sum theta + sum phi - sum psi * least + sum rho * most
            + the k_h largest gains of each group h (one of an entity; who is locked first),
    gain_i = alone_i + sum over roles of max(0, max over slots t of (slot_t fit_ri - theta_rt))
             + sum over traits of max(0, each - phi_v(i)) + sum over rules of max(0, psi - phi_v(i))
             - sum over differences of rho [i is one of them]
             + max(0, max over partners j of (bond_ij - sigma_ij)) + sum over l of sigma_li

is an upper bound of the score: the Lagrangian of "a role's slot, a trait's value and a country are
each counted once" and of "a partner is a member".
Subgradient steps lower the bound. Whoever is forced into the choice and stays at or below the best
known team is in no better one, provably.
"""

import numpy as np

from matchmaking.consortium_bonds import Bonds
from matchmaking.consortium_conditions import Bools, Conditions
from matchmaking.consortium_covers import Covers
from matchmaking.consortium_worth import Floats, Places, Worth
from matchmaking.scorers import IntArray

TOLERANCE = 1e-9
"""Teams that are better by no more than this are not looked for."""
_FIRST_STEP = 1.0
_SHORTER = 0.6
_PATIENCE = 8
_LAST_STEP = 0.02


class Relaxation:
    """The bound of one shape, over candidates of whom more and more are ruled out.

    Parameters
    ----------
    group
        (n,) the group of each candidate.
    people
        Who is still in question, sorted; locked members are among them.
    """

    def __init__(
        self,
        worth: Worth,
        conditions: Conditions,
        group: IntArray,
        people: Places,
    ) -> None:
        self.worth, self.conditions = worth, conditions
        self.people = people
        self._group = group
        self._covers = Covers(worth, conditions)
        self._bonds = Bonds(worth, conditions, people)
        self.bound = np.inf
        self._step, self._waited = _FIRST_STEP, 0
        self._take(np.arange(len(people)))

    def improve(self, best: float, steps: int) -> None:
        """Lower the bound towards the best known score, and rule people out on the way."""
        for _ in range(steps):
            gains = self._gains()
            chosen = self._chosen(gains)
            if chosen is None:
                self.people, self.bound = self.people[:0], -np.inf
                return
            value = self._covers.constant + float(gains[chosen].sum())
            self._waited = 0 if value < self.bound - 1e-7 else self._waited + 1
            self.bound = min(self.bound, value)
            if self.bound <= best + TOLERANCE:
                self.people = self.people[:0]
                return
            if self._waited > _PATIENCE:
                self._step, self._waited = self._step * _SHORTER, 0
            if self._step < _LAST_STEP:
                break
            self._rule_out(gains, chosen, value, best)
            if not self._alive[chosen].all():
                self._drop()
                continue
            self._move(chosen, value - best)
        self._drop()

    def choice(self) -> tuple[int, ...] | None:
        """Return the members who gain most now: a start for a search."""
        chosen = self._chosen(self._gains()) if len(self.people) else None
        return None if chosen is None else tuple(self.people[chosen].tolist())

    def _gains(self) -> Floats:
        gains = self._covers.gains()
        gains += self._bonds.sums
        gains[~self._possible] = -np.inf
        return gains

    def _chosen(self, gains: Floats) -> Places | None:
        """Return the places of who has the largest gains, group by group; None if too few."""
        chosen = list(np.flatnonzero(self._locked))
        if chosen and not np.isfinite(gains[chosen]).all():
            return None
        for number, count in enumerate(self._free):
            taken: set[int] = set()
            here = np.flatnonzero((self._mine == number) & ~self._locked & np.isfinite(gains))
            for one in here[np.argsort(-gains[here], kind="stable")]:
                if len(taken) == count:
                    break
                entity = int(self._entity[one])
                if entity not in taken:
                    taken.add(entity)
                    chosen.append(one)
            if len(taken) < count:
                return None
        return np.array(sorted(chosen), np.int64)

    def _cheapest(self, gains: Floats, chosen: Places) -> Floats:
        """Return by group the smallest gain of who could make room."""
        lost = np.full(3, np.inf)
        for number, count in enumerate(self._free):
            here = [one for one in chosen if self._mine[one] == number and not self._locked[one]]
            if count:
                lost[number] = gains[here].min()
        return lost

    def _rule_out(self, gains: Floats, chosen: Places, value: float, best: float) -> None:
        """Rule out who is in no better team: their gain, less that of who makes room for them."""
        room = self._cheapest(gains, chosen)[self._mine]
        of_entity = dict(zip(self._entity[chosen].tolist(), chosen.tolist(), strict=True))
        for one in np.flatnonzero(np.isin(self._entity, self._entity[chosen])):
            rival = of_entity[int(self._entity[one])]
            if self._mine[rival] == self._mine[one]:
                room[one] = gains[rival]
        with_them = value - room + gains
        with_them[chosen] = value
        self._alive &= (with_them > best + TOLERANCE) | self._locked

    def _move(self, chosen: Places, distance: float) -> None:
        """Take a step of the length that would close the distance if all were straight."""
        slopes = self._covers.slopes(chosen)
        length = slopes.square + self._bonds.square(chosen)
        if length <= 0:
            self._step = 0.0
            return
        step = self._step * max(distance, 1e-6) / length
        self._covers.move(slopes, step)
        self._bonds.move(chosen, step)

    def _drop(self) -> None:
        if not self._alive.all():
            kept = np.flatnonzero(self._alive)
            self.people = self.people[kept]
            self._take(kept)

    def _take(self, kept: Places) -> None:
        """Keep some of the people, given by their places."""
        problem, people = self.worth.problem, self.people
        self._covers.take(people)
        self._mine: IntArray = self._group[people]
        self._entity: IntArray = problem.entity[people]
        self._locked: Bools = np.isin(people, problem.locked)
        self._alive: Bools = np.ones(len(people), bool)
        counts = list(self.worth.shape.counts)
        self._free = [
            count - int((self._locked & (self._mine == number)).sum())
            for number, count in enumerate(counts)
        ]
        room = np.zeros(3, np.int64)
        room[: len(counts)] = self._free
        self._possible: Bools = self._locked | (room[self._mine] > 0)
        self._bonds.take(kept)
