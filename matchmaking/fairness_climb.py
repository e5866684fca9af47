"""The search: raise the floor, repair the promises that break, and go back where it costs too much.

At every floor the flow is solved again and again. Whoever is below the floor is promised the
bundle that is best for them at the flow's present prices; broken promises become dearer; some of
those who could have it cheaper elsewhere move there; everybody else is promised what they have.
"""

from dataclasses import dataclass, field

import numpy as np

from matchmaking.fairness_flow import Kept, PromiseFlow
from matchmaking.fairness_market import Crowd, Flags, Market
from matchmaking.fairness_promises import Promises, worth_to
from matchmaking.pairing_result import Progress
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import FloatArray

# Penalties of a broken promise, in units of the largest value: at first, at most, how fast up and
# down again.
_PENALTY, _HIGHEST = 1.3, 25.0
_DEARER, _CHEAPER = 1.5, 1 / 1.1
# Prices are averaged over the last few flows, and half of those who would gain by it move:
# otherwise everybody runs to the same place.
_MEMORY = 0.7
_MOVERS = 0.5
_CLOSE = 1e-9


@dataclass
class Stage:
    """Where the search stands: the flow solved last, and how many people are below the floor."""

    chosen: Flags
    below: int
    total: float


@dataclass
class Side:
    """One crowd's promises, and what breaking each costs."""

    promises: Promises
    penalty: FloatArray
    costs: FloatArray
    minded: Flags = field(init=False)

    def __post_init__(self) -> None:
        self.minded = np.zeros(len(self.penalty), bool)

    @property
    def crowd(self) -> Crowd:
        """The people."""
        return self.promises.crowd


class Climber:
    """Steps from one pairing to the next under a floor.

    Parameters
    ----------
    market
        What can be chosen.
    costs
        (k,) what the places at the right and at the left end of each pair cost at first.
    seed
        For who moves and what people can spare.
    watch, steps
        Told after every flow; `steps` is how many there will be at most.
    """

    def __init__(
        self,
        market: Market,
        costs: tuple[FloatArray, FloatArray],
        seed: int,
        watch: Watch,
        steps: int,
    ) -> None:
        self.market = market
        self.flow = PromiseFlow(market)
        self.taken = 0
        self.kept: Kept | None = None
        self._watch, self._steps = watch, steps
        self._rng = np.random.default_rng(seed)
        pool, reach = market.pool, self.flow.reach
        self._sides = [
            Side(
                Promises(crowd, people, market.scores),
                np.full(len(crowd.most), _PENALTY * reach),
                cost,
            )
            for crowd, people, cost in (
                (market.left, pool.rows, costs[0]),
                (market.right, pool.columns, costs[1]),
            )
        ]

    def step(self, floor: float, chosen: Flags, *, daring: bool = True) -> Stage:
        """Solve once more, from what is chosen now.

        Parameters
        ----------
        floor
            What everybody who is counted should get.
        chosen
            The pairing that those who stay are promised to keep.
        daring
            Whether people may give up what they have for something cheaper; if not, whoever has
            enough keeps it, so that the total cannot fall.
        """
        welfare = self.market.welfare(chosen)
        for side, have in zip(self._sides, welfare, strict=True):
            if side.crowd.counted.any():
                self._promise(side, have, floor, chosen, daring)
        left, right = self._sides
        penalties = left.penalty, right.penalty
        if not daring:
            highest = _HIGHEST * self.flow.reach
            penalties = np.full_like(left.penalty, highest), np.full_like(right.penalty, highest)
        self.kept = kept = self.flow.solve(left.promises, right.promises, penalties)
        self._remember(kept)
        self.taken += 1
        self._watch.report(Progress("floor", min(self.taken, self._steps), self._steps))
        return self.stage(kept.chosen, floor, kept.missing)

    def stage(self, chosen: Flags, floor: float, missing: int = 0) -> Stage:
        """Judge a pairing."""
        below = missing
        for side, have in zip(self._sides, self.market.welfare(chosen), strict=True):
            below += int(np.count_nonzero(side.crowd.counted & (have < floor - _CLOSE)))
        return Stage(chosen, below, self.market.total(chosen))

    def forgive(self) -> None:
        """Take all penalties back to where they began."""
        for side in self._sides:
            side.penalty[:] = _PENALTY * self.flow.reach

    def _promise(
        self, side: Side, have: FloatArray, floor: float, chosen: Flags, daring: bool
    ) -> None:
        """Decide what everybody who is minded is promised."""
        below = side.crowd.counted & (have < floor - _CLOSE)
        self._penalise(side, below)
        side.minded |= below
        need = floor - side.crowd.held
        who = np.flatnonzero(side.minded if daring else below)
        moving = np.zeros(len(have), bool)
        if len(who):
            gain = self.market.pool.values - side.costs
            bundle = side.promises.wanted(who, gain, need[who])
            better = bundle.gain > worth_to(gain, chosen, side.promises, who) + _CLOSE
            better &= self._rng.random(len(who)) < _MOVERS
            moves = np.flatnonzero(below[who] | better)
            moving[who[moves]] = True
            side.promises.promise(who[moves], bundle.of(moves), need[who[moves]])
        staying = np.flatnonzero(side.minded & ~moving)
        side.promises.keep(staying, chosen, need[staying], self._rng)

    def _penalise(self, side: Side, below: Flags) -> None:
        again, fine = below & side.minded, ~below & side.minded
        reach = self.flow.reach
        side.penalty[again] = np.minimum(side.penalty[again] * _DEARER, _HIGHEST * reach)
        side.penalty[fine] = np.maximum(side.penalty[fine] * _CHEAPER, _PENALTY * reach)

    def _remember(self, kept: Kept) -> None:
        for side, costs in zip(self._sides, (kept.right_cost, kept.left_cost), strict=True):
            side.costs = _MEMORY * side.costs + (1 - _MEMORY) * costs
