"""How high the floor can go: large steps up, smaller ones after a failure, until the flows end."""

import math
from dataclasses import dataclass

import numpy as np

from matchmaking.fairness_ceiling import Ceiling
from matchmaking.fairness_climb import Climber, Stage
from matchmaking.fairness_market import Flags

# How far each later floor lies on the way up to what failed last, or to the ceiling.
_NEXT, _AGAIN = 0.5, 0.15
_FINEST = 0.01
# So near to the ceiling the ceiling itself is tried: often one person's best partners set it.
_LAST = 0.01
_CLOSE = 1e-9
# From this share of what may be given up on, its growth limits the next floor.
_CHEAP, _DOUBLING = 0.1, 0.1
# Flows without progress before a floor is given up; more when only a few people are below it.
_PATIENCE, _EXTRA, _FEW = 5, 4, 3
_LONGEST = 16
# Flows in a row that cost too much before a floor is given up.
_TOO_DEAR = 3
_MENDS = 3
# After every so many flows their prices are tried on the ceiling.
_LEARN = 2
_POLISH = 6


@dataclass(frozen=True)
class Limits:
    """The largest total and the smallest acceptable one, how many flows, and the first step."""

    best_total: float
    lowest_total: float
    flows: int
    first_step: float


@dataclass(frozen=True)
class Reached:
    """A floor that everybody had, and the total of the pairing."""

    floor: float
    total: float


class Ascent:
    """Raises the floor from a first pairing on.

    `chosen` and `floor` are the best so far; `steps` are all that were acceptable on the way.
    """

    def __init__(self, climber: Climber, ceiling: Ceiling, start: Flags, limits: Limits) -> None:
        self._climber = climber
        self._ceiling = ceiling
        self._limits = limits
        self._now = start
        self.chosen = start
        self.floor = climber.market.worst(start)
        self.steps = [Reached(self.floor, limits.best_total)]

    def run(self) -> None:
        """Raise the floor as far as the flows go, then raise the total at that floor."""
        failed = np.inf
        share = self._limits.first_step
        while self._flows_left() > _POLISH and self._room():
            target = min(self._next(failed, share), self._affordable())
            share = _NEXT
            if not self.reach(target):
                failed = target
            if failed - self.floor < _FINEST * abs(self.floor):
                # chance decides much of a failure: look further up again
                failed = np.inf
                share = _AGAIN
        self.polish(self.floor, _POLISH)

    def _next(self, failed: float, share: float) -> float:
        """Go a share of the way up; all of it where the ceiling itself is near and untried."""
        aim = self._ceiling.aim
        target = self.floor + share * (min(failed, aim) - self.floor)
        return aim if failed > aim and aim - target <= _LAST * abs(aim) else target

    def _affordable(self) -> float:
        """Guess how high the floor can be for what may still be given up.

        In experience the price doubles with every tenth that the floor rises.
        """
        given_up = self._limits.best_total - self._climber.market.total(self.chosen)
        allowed = self._limits.best_total - self._limits.lowest_total
        if given_up <= _CHEAP * allowed:
            return np.inf
        doublings = math.log2(allowed / given_up)
        return self.floor + abs(self.floor) * max(_DOUBLING * doublings, _FINEST)

    def _flows_left(self) -> int:
        return self._limits.flows - self._climber.taken

    def _room(self) -> bool:
        """Tell whether there is a floor above this one that is not yet ruled out."""
        return self._ceiling.aim - self.floor > _CLOSE * abs(self._ceiling.aim)

    def reach(self, floor: float) -> bool:
        """Try to get everybody to a floor at an acceptable total; keep the pairing if it works."""
        patience = _Patience(self._limits.lowest_total)
        while self._flows_left() > 0:
            stage = self._climber.step(floor, self._now)
            if stage.below == 0 and not patience.affords(stage):
                stage = self._mended(stage, floor)
                if not patience.affords(stage):
                    break
            self._now = stage.chosen
            if stage.below == 0:
                self._keep(stage)
                return True
            if patience.ends(stage) or self._ruled_out(floor):
                break
        self._climber.forgive()
        self._now = self.chosen
        return False

    def _ruled_out(self, floor: float) -> bool:
        """Learn from the prices of a failure whether the floor can be reached at all."""
        if self._climber.kept is not None and self._climber.taken % _LEARN == 0:
            self._ceiling.try_costs(self._climber.kept, self._climber.flow.reach)
        return self._ceiling.value < floor

    def _mended(self, stage: Stage, floor: float) -> Stage:
        """Raise the total while everybody keeps what they have."""
        for _ in range(_MENDS):
            better = self._climber.step(floor, stage.chosen, daring=False)
            if better.below or better.total <= stage.total:
                break
            stage = better
        return stage

    def polish(self, floor: float, flows: int) -> None:
        """Look for a larger total at this floor, by careful and by daring steps in turn."""
        best = self._climber.stage(self.chosen, floor)
        for k in range(flows):
            stage = self._climber.step(floor, best.chosen, daring=k % 2 == 1)
            if stage.below == 0 and stage.total > best.total:
                best = stage
        self._now = best.chosen
        self._keep(best)

    def _keep(self, stage: Stage) -> None:
        self.chosen, self.floor = stage.chosen, self._climber.market.worst(stage.chosen)
        self.steps.append(Reached(self.floor, stage.total))


class _Patience:
    """When to give a floor up."""

    def __init__(self, lowest_total: float) -> None:
        self._lowest = lowest_total
        self._fewest = np.inf
        self._idle = 0
        self._dear = 0
        self._flows = 0

    def affords(self, stage: Stage) -> bool:
        return stage.total >= self._lowest

    def ends(self, stage: Stage) -> bool:
        self._idle = 0 if stage.below < self._fewest else self._idle + 1
        self._fewest = min(self._fewest, stage.below)
        self._dear = 0 if self.affords(stage) else self._dear + 1
        self._flows += 1
        patience = _PATIENCE + (_EXTRA if self._fewest <= _FEW else 0)
        tired = self._idle >= patience or self._flows >= _LONGEST
        return tired or self._dear >= _TOO_DEAR
