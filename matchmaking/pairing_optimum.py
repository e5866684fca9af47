"""The largest total value, exactly: a flow over pairs that matter, and prices for all others.

Column generation (Dantzig and Wolfe's, here for a b-matching): the flow chooses from a pool of
pairs; its dual prices tell which pairs outside of the pool would raise the total; these join the
pool, until there are none.
"""

import math
from dataclasses import dataclass

import numpy as np

from matchmaking.pairing_certificate import people_bound
from matchmaking.pairing_flow import Flow, Network, solve_flow
from matchmaking.pairing_picks import Picks
from matchmaking.pairing_pool import Pool, among_best
from matchmaking.pairing_prices import Prices, central_prices, extreme_prices
from matchmaking.pairing_pricing import Looker, exact_look
from matchmaking.pairing_problem import Bounds
from matchmaking.pairing_result import Progress
from matchmaking.pairing_sample import sampled_prices
from matchmaking.pairing_scale import Scale
from matchmaking.pairing_shortfall import least_shortfall
from matchmaking.pairing_start import Sizes, every_pair, promising_pairs
from matchmaking.pairing_task import Task
from matchmaking.pairing_watch import Watch

_GAP = 1e-9


@dataclass(frozen=True)
class Settings:
    """How to search; the answer's total does not depend on it.

    Parameters
    ----------
    whole
        Up to so many pairs in all, every one is in the flow from the start.
    budget
        Bytes for scores kept from one look at all pairs to the next.
    sample
        How many people a side tell what prices to begin with.
    """

    whole: int = 100_000
    budget: int = 256 * 2**20
    sample: int = 1000


@dataclass(frozen=True)
class Optimum:
    """An optimal choice and its proof.

    `rest` is the sum of max(0, value - u - v) over all allowed pairs, chosen or not, at these
    prices; a person who may have no partner has a finite price here, above everything.
    """

    pairs: Pool
    flow: Flow
    prices: Prices
    rest: float


def find_optimum(
    task: Task, watch: Watch, seed: int = 0, settings: Settings | None = None
) -> Optimum:
    """Choose pairs with the fewest missing partners and, among such choices, the largest value."""
    settings = settings or Settings()
    if task.allowed.shape[0] * task.allowed.shape[1] <= settings.whole:
        return _Search(task, watch, None, settings, seed).run()
    looker = Looker(task.allowed, settings.budget, seed)
    return _Search(task, watch, looker, settings, seed).run()


class _Search:
    """The loop of flow, prices and a look at all pairs."""

    def __init__(
        self, task: Task, watch: Watch, looker: Looker | None, settings: Settings, seed: int
    ) -> None:
        self._task = task
        self._watch = watch
        self._seed = seed
        self._settings = settings
        self._looker = looker
        self._sizes = Sizes.of(task)
        self._round = 0
        self._best = -np.inf
        if looker is None:
            self._pool = every_pair(task.allowed, watch)
            reach = float(np.abs(self._pool.values).max(initial=0.0))
        else:
            start = self._closed(
                sampled_prices(task, settings.sample, self._prices_of_sample, seed, watch)
            )
            self._pool = promising_pairs(task, looker, self._sizes, start, seed, watch)
            reach = looker.reach
        self._scale = Scale.of(reach, sum(task.allowed.shape))

    def _prices_of_sample(self, sample: Task) -> Prices:
        silent = Watch(cancelled=self._watch.cancelled)
        return find_optimum(sample, silent, self._seed, self._settings).prices

    def run(self) -> Optimum:
        """Repeat until nothing outside of the pool, no missing digit and no doubt is left."""
        while True:
            network = self._network()
            flow, prices = self._solve(network)
            outside = self._look(flow, prices)
            if outside is None:
                continue
            finer = self._refined(network, flow, prices, outside)
            if finer is None:
                return self._optimum(flow, prices, outside)
            self._scale = finer

    def _network(self) -> Network:
        pool = self._pool
        return Network(
            pool.rows,
            pool.columns,
            self._scale.whole(pool.values),
            self._task.left,
            self._task.right,
            self._scale.penalty,
        )

    def _solve(self, network: Network) -> tuple[Flow, Prices]:
        self._round += 1
        self._watch.report(Progress("flow", self._round, self._round))
        flow = solve_flow(network)
        self._watch.report(Progress("prices", self._round, self._round))
        whole = central_prices(network, flow)
        prices = Prices(self._scale.back(whole.left), self._scale.back(whole.right))
        return flow, self._closed(prices)

    def _closed(self, prices: Prices) -> Prices:
        return Prices(
            np.where(self._task.left.most == 0, np.inf, prices.left),
            np.where(self._task.right.most == 0, np.inf, prices.right),
        )

    def _look(self, flow: Flow, prices: Prices) -> float | None:
        """Return the sum of positive margins outside of the pool, or None when the pool grew."""
        if self._looker is None:
            return 0.0
        picks = self._looker.look(prices, self._pool, self._sizes.more, self._watch)
        outside = self._join(picks, flow, prices)
        if outside is None or picks.complete:
            return outside
        task, few = self._task, self._sizes.more
        outside, picks = exact_look(
            task.allowed, prices, self._pool, few, self._scale.blur, self._watch
        )
        return None if len(picks) and self._join(picks, flow, prices) is None else outside

    def _join(self, picks: Picks, flow: Flow, prices: Prices) -> float | None:
        """Let picks into the pool, and pairs of little hope out, if that raises the total.

        Otherwise return the sum of their positive margins, which are rounding and no more.
        """
        pool, keep = self._pool, self._sizes.keep
        margins = np.concatenate((pool.margins(prices), picks.margins.astype(np.float64)))
        best = among_best(np.concatenate((pool.rows, picks.rows)), margins, keep.left)
        best |= among_best(np.concatenate((pool.columns, picks.columns)), margins, keep.right)
        wanted = best[len(pool) :] | (picks.margins > 0)
        new = Pool.of(self._task.allowed, picks.rows[wanted], picks.columns[wanted])
        gains = new.margins(prices)
        if gains.max(initial=0.0) <= self._scale.blur:
            return float(gains[gains > 0].sum())
        if self._better(flow):
            pool = pool.take(best[: len(pool)] | flow.chosen)
        self._pool = pool.with_others(new)
        return None

    def _better(self, flow: Flow) -> bool:
        """Tell whether this flow beats all before; if not, no pair may go, or it comes back."""
        value = float(self._pool.values[flow.chosen].sum())
        value -= flow.shortfall * math.ldexp(self._scale.penalty, -self._scale.power)
        better = value > self._best
        self._best = max(value, self._best)
        return better

    def _refined(
        self, network: Network, flow: Flow, prices: Prices, outside: float
    ) -> Scale | None:
        """Return the scale to try again with: a higher penalty, or more digits, where they help."""
        if flow.shortfall:
            extreme = extreme_prices(network, flow)
            proven = least_shortfall(self._task, extreme, self._scale.penalty / 2)
            if proven < flow.shortfall and (scale := self._scale.dearer()):
                return scale
        optimum = self._optimum(flow, prices, outside)
        total = float(optimum.pairs.values.sum())
        bound = optimum.rest
        for bounds, short, price in (
            (self._task.left, flow.short_left, optimum.prices.left),
            (self._task.right, flow.short_right, optimum.prices.right),
        ):
            bound += people_bound(Bounds(bounds.least - short, bounds.most), price)
        gap = (bound - total) / max(1.0, abs(bound + self._task.settled))
        return self._scale.finer() if gap > _GAP else None

    def _optimum(self, flow: Flow, prices: Prices, outside: float) -> Optimum:
        finite = _finite(prices, self._scale.reach)
        margins = self._pool.margins(finite)
        rest = outside + float(margins[margins > 0].sum())
        return Optimum(self._pool.take(flow.chosen), flow, finite, rest)


def _finite(prices: Prices, reach: float) -> Prices:
    """Give people who may have no partner a price that no value exceeds."""
    above = reach + prices.size + 1.0
    return Prices(
        np.where(np.isinf(prices.left), above, prices.left),
        np.where(np.isinf(prices.right), above, prices.right),
    )
