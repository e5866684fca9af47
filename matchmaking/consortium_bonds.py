"""The part of the bound that is about each member's best partner.

Public: ``Bonds``. See ``consortium_bound`` for the equation.
"""

import numpy as np

from matchmaking.consortium_conditions import Bools, Conditions
from matchmaking.consortium_worth import Floats, Places, Worth


class Bonds:
    """What a partner is worth, less the price of a partner who may not be a member.

    ``sums`` is (m,): what the best partner brings at these prices, and what others pay.
    """

    def __init__(self, worth: Worth, conditions: Conditions, people: Places) -> None:
        self._net: Floats = worth.bonds(people, people)
        self._net[conditions.barred[np.ix_(people, people)]] = 0
        self._price: Floats = np.zeros_like(self._net)
        self._arrange()

    @property
    def sums(self) -> Floats:
        """What each candidate's best partner adds, and what is paid for them as a partner."""
        return self._best + self._paid

    def take(self, kept: Places) -> None:
        """Keep some of the people, given by their places."""
        here = np.ix_(kept, kept)
        self._net, self._price = self._net[here], self._price[here]
        self._arrange()

    def square(self, chosen: Places) -> float:
        """Return the squared length of the slopes at a choice."""
        self._wanted = self._partner[chosen]
        idle: Bools = np.asarray(self._price[:, chosen] > 0)
        # Whoever is chosen and has a chosen partner pays what is right.
        uses = (self._wanted[:, None] == chosen) & self._bound[chosen][:, None]
        idle[chosen] &= ~uses
        self._idle = idle
        self._short = self._bound[chosen] & ~uses.any(axis=1)
        return float(idle.sum() + self._short.sum())

    def move(self, chosen: Places, step: float) -> None:
        """Raise the price of partners who are not there, lower that of partners who are."""
        rows = chosen[self._short]
        partners = self._partner[rows]
        self._price[rows, partners] += step
        self._net[rows, partners] -= step
        self._paid += np.bincount(partners, minlength=len(self._paid)) * step
        touched = np.isin(np.arange(len(self._paid)), rows) | self._idle.any(axis=1)
        less = np.where(self._idle, np.minimum(self._price[:, chosen], step), 0.0)
        self._price[:, chosen] -= less
        self._net[:, chosen] += less
        self._paid[chosen] -= less.sum(axis=0)
        self._choose(np.flatnonzero(touched))

    def _arrange(self) -> None:
        size = len(self._net)
        self._paid: Floats = self._price.sum(axis=0)
        self._best: Floats = np.zeros(size)
        self._partner: Places = np.zeros(size, np.int64)
        self._bound: Bools = np.zeros(size, bool)
        self._choose(np.arange(size))

    def _choose(self, rows: Places) -> None:
        net = self._net if len(rows) == len(self._net) else self._net[rows]
        partner = net.argmax(axis=1)
        best = net[np.arange(len(rows)), partner]
        self._partner[rows] = partner
        self._bound[rows] = best > 0
        self._best[rows] = np.maximum(best, 0.0)
