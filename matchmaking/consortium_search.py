"""A good team quickly: the best next member again and again, then swaps of one for another.

Public: ``Search``.
"""

from collections.abc import Sequence

import numpy as np

from matchmaking.consortium_conditions import Conditions
from matchmaking.consortium_worth import Floats, Places, Worth, unseen
from matchmaking.scorers import IntArray

_AMISS = 100.0
"""What each condition that fails takes off: more than any score."""
_BETTER = 1e-10
_MOST_PASSES = 60


class Search:
    """Looks for teams of one shape.

    Parameters
    ----------
    group
        (n,) the group of each candidate (``consortium_shape``).
    pool
        Among whom to look, the locked members with them; sorted.
    swaps
        Whether members are swapped for others when the team is full.
    """

    def __init__(
        self,
        worth: Worth,
        conditions: Conditions,
        group: IntArray,
        pool: Places,
        *,
        swaps: bool = True,
    ) -> None:
        self._worth, self._conditions, self._group = worth, conditions, group
        self._shape = worth.shape
        self._locked = list(worth.problem.locked)
        self._pool = pool
        self._passes = _MOST_PASSES if swaps else 0

    def from_start(self, start: Sequence[int] = ()) -> tuple[int, ...] | None:
        """Complete a start to a team, and swap until no swap is better; None if nobody fits."""
        team = [*self._locked]
        for one in start:
            place = int(np.searchsorted(self._pool, one))
            inside = place < len(self._pool) and self._pool[place] == one
            if inside and one not in team and self._fits(team)[place]:
                team.append(one)
        while len(team) < self._shape.size:
            worth = self._with_next(team)
            best = int(worth.argmax())
            if not np.isfinite(worth[best]):
                return None
            team.append(int(self._pool[best]))
        return self.swapped(team)

    def swapped(self, team: Sequence[int]) -> tuple[int, ...] | None:
        """Swap one member for another while that is better; None if the conditions fail."""
        members = list(team)
        value = self._value(members)
        for _ in range(self._passes):
            best, place, newcomer = value + _BETTER, -1, -1
            for number, member in enumerate(members):
                if member in self._locked:
                    continue
                worth = self._with_next([one for one in members if one != member])
                top = int(worth.argmax())
                if worth[top] > best:
                    best, place, newcomer = float(worth[top]), number, int(self._pool[top])
            if place < 0:
                break
            members[place] = newcomer
            value = best
        return tuple(sorted(members)) if self._conditions.hold(members) else None

    def _value(self, team: list[int]) -> float:
        rest, last = team[:-1], team[-1]
        amiss = self._conditions.lacking(rest, 0)[last]
        return self._worth.score(team) - _AMISS * float(amiss)

    def _fits(self, team: list[int]) -> np.ndarray:
        """Tell who of the pool may be the next member."""
        have = np.bincount(self._group[team], minlength=3)
        room = np.zeros(3, bool)
        for number, count in enumerate(self._shape.counts):
            room[number] = have[number] < count
        fits: np.ndarray = self._conditions.may_join(team)[self._pool]
        return fits & room[self._group[self._pool]]

    def _with_next(self, team: list[int]) -> Floats:
        """Return what a team is worth with each of the pool as its next member."""
        worth, pool = self._worth, self._pool
        members = np.array(team, np.int64)
        total = worth.score(team) + worth.alone[pool]
        total += self._bonding(members)
        total += self._covering(members)
        for trait in worth.traits:
            total += trait.each * unseen(trait.values, members)[pool]
        amiss = self._conditions.lacking(team, self._shape.size - len(team) - 1)[pool]
        total -= _AMISS * amiss
        total[~self._fits(team)] = -np.inf
        return total

    def _covering(self, members: Places) -> Floats:
        """Return what each of the pool adds to the roles that a team covers."""
        fits, (first, second) = self._worth.fits, self._worth.slots
        have = np.zeros((len(fits), 2))
        best = -np.sort(-fits[:, members], axis=1)[:, :2]
        have[:, : best.shape[1]] = best
        theirs = fits[:, self._pool]
        top = np.maximum(have[:, :1], theirs)
        below = np.maximum(np.minimum(have[:, :1], theirs), have[:, 1:])
        gain: Floats = (first * top + second * below).sum(axis=0)
        return gain - float(first * have[:, 0].sum() + second * have[:, 1].sum())

    def _bonding(self, members: Places) -> Floats:
        """Return what each of the pool adds as a partner, and gets of the best partner there."""
        worth, pool = self._worth, self._pool
        have = worth.bonds(members, members).max(axis=1, initial=0)
        to_them = worth.bonds(members, pool)
        gain: Floats = np.maximum(to_them - have[:, None], 0).sum(axis=0)
        gain += worth.bonds(pool, members).max(axis=1, initial=0)
        return gain
