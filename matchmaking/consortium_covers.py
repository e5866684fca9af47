"""The part of the bound that is about roles, traits, rules and differences.

Public: ``Covers``, ``Slopes``. See ``consortium_bound`` for the equation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.consortium_conditions import Conditions
from matchmaking.consortium_worth import Floats, Places, Worth
from matchmaking.scorers import IntArray


@dataclass(frozen=True, slots=True)
class Slopes:
    """How the bound changes with each multiplier, and the sum of squares."""

    roles: Floats
    values: list[Floats]
    rules: Floats
    differences: Floats

    @property
    def square(self) -> float:
        """The squared length."""
        parts = (self.roles, self.rules, self.differences, *self.values)
        return float(sum((part**2).sum() for part in parts))


class Covers:
    """Multipliers for what is counted once, and what each candidate gains beside them."""

    def __init__(self, worth: Worth, conditions: Conditions) -> None:
        self._worth, self._conditions = worth, conditions
        rules = conditions.countries
        self._all_values: list[IntArray] = [
            *(trait.values for trait in worth.traits),
            *(rule.country for rule in rules),
        ]
        self._fixed = np.array([trait.each for trait in worth.traits])
        self._least = np.array([rule.least for rule in rules], np.float64)
        self._most = np.array([one.most for one in conditions.differences], np.float64)
        self._theta: Floats = np.zeros((len(worth.fits), len(worth.slots)))
        self._phi: list[Floats] = [
            np.zeros(1 + int(values.max(initial=0))) for values in self._all_values
        ]
        self._psi: Floats = np.zeros(len(rules))
        self._rho: Floats = np.zeros(len(self._most))

    @property
    def constant(self) -> float:
        """What the bound has beside the gains."""
        taken = self._theta.sum() + sum(float(phi.sum()) for phi in self._phi)
        taken += self._worth.constant
        return float(taken - self._psi @ self._least + self._rho @ self._most)

    def take(self, people: Places) -> None:
        """Look at some of the people only."""
        self._alone = self._worth.alone[people]
        self._fits = self._worth.fits[:, people]
        self._values = [values[people] for values in self._all_values]
        self._among = [one.members[people] for one in self._conditions.differences]

    def gains(self) -> Floats:
        """Return what each candidate gains, (m,), without partners."""
        slotted = self._fits[:, None, :] * self._worth.slots[:, None] - self._theta[:, :, None]
        self._slot = slotted.argmax(axis=1)
        best = slotted.max(axis=1)
        self._holds = best > 0
        gains: Floats = self._alone + np.where(self._holds, best, 0.0).sum(axis=0)
        self._shows = []
        for each, phi, values in zip(self._each(), self._phi, self._values, strict=True):
            more = np.where(values >= 0, each - phi[values], 0.0)
            self._shows.append(more > 0)
            gains += np.maximum(more, 0.0)
        for rho, among in zip(self._rho, self._among, strict=True):
            gains -= rho * among
        return gains

    def slopes(self, chosen: Places) -> Slopes:
        """Return the slopes at the choice that the last gains led to."""
        roles = np.ones_like(self._theta)
        for role, (slot, holds) in enumerate(zip(self._slot, self._holds, strict=True)):
            np.subtract.at(roles[role], slot[chosen][holds[chosen]], 1.0)
        values, shown = [], []
        for phi, of, shows in zip(self._phi, self._values, self._shows, strict=True):
            mine = of[chosen][shows[chosen]]
            values.append(1.0 - np.bincount(mine, minlength=len(phi)))
            shown.append(len(mine))
        rules = np.array(shown[len(self._fixed) :], np.float64) - self._least
        again = np.array([among[chosen].sum() for among in self._among], np.float64)
        return Slopes(
            _still(roles, self._theta),
            [_still(one, phi) for one, phi in zip(values, self._phi, strict=True)],
            _still(rules, self._psi),
            _still(self._most - again, self._rho),
        )

    def move(self, slopes: Slopes, step: float) -> None:
        """Go down the slopes; no multiplier falls below 0."""
        self._theta = np.maximum(0.0, self._theta - step * slopes.roles)
        self._phi = [
            np.maximum(0.0, phi - step * one)
            for phi, one in zip(self._phi, slopes.values, strict=True)
        ]
        self._psi = np.maximum(0.0, self._psi - step * slopes.rules)
        self._rho = np.maximum(0.0, self._rho - step * slopes.differences)

    def _each(self) -> Floats:
        return np.concatenate([self._fixed, self._psi])


def _still(slope: NDArray[np.floating], multiplier: Floats) -> Floats:
    """Return slopes without those that would only push a multiplier below 0."""
    still: Floats = np.where((multiplier <= 0) & (slope > 0), 0.0, slope).astype(np.float64)
    return still
