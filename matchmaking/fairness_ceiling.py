"""How far the smallest welfare can be raised at all: a bound that prices prove.

Let the people on the other side have prices v >= 0. Whoever is to have welfare t must choose
partners whose prices add up to at least c(t), the cheapest bundle of whole partners that gives t;
all places on the other side together are worth sum of most x v. If the c(t) add up to more, no
pairing whatsoever gives everyone t. Because bundles are whole, this is a far stronger bound than
the linear relaxation: it is the dual of the configuration programme (Bansal and Sviridenko, The
Santa Claus problem, STOC 2006), here with degrees.
"""

import numpy as np

from matchmaking.fairness_best import Best
from matchmaking.fairness_budget import Budget, Buyers
from matchmaking.fairness_flow import Kept
from matchmaking.fairness_market import Crowd
from matchmaking.fairness_survey import PRICED, Survey
from matchmaking.scorers import FloatArray, IntArray

# Tables grow with the number of partners; beyond this many only the simple bound is given.
_WIDEST = 12
# Where promises break, penalties drive prices far above any value: a price so many times the
# largest value, and such a share of the largest price, marks a bottleneck.
_UNUSUAL = 1.6
_SHARES = (0.1, 0.25, 0.5)
_LEVELS = 12
_ROUNDS = 20
_STEP, _DAMPING = 0.3, 0.15
_ROUNDING = 1e-6


class Ceiling:
    """The lowest bound so far: `value` (inf when nobody is counted)."""

    def __init__(self, survey: Survey) -> None:
        market = survey.market
        self._market = market
        self._left = _Bound(market.left, survey.best_left, market.right.most)
        self._right = _Bound(market.right, survey.best_right, market.left.most)

    @property
    def value(self) -> float:
        """No pairing gives everyone who is counted more than this."""
        return min(self._left.value, self._right.value)

    @property
    def aim(self) -> float:
        """The bound without what was added to it for rounding: the highest floor worth trying."""
        return self.value - 2 * _ROUNDING * abs(self.value)

    def try_costs(self, kept: Kept, reach: float) -> None:
        """Look whether the prices of a flow prove a lower bound; `reach` is the largest value."""
        pool = self._market.pool
        self._left.try_prices(
            _largest(pool.columns, kept.right_cost, len(self._left.places)), reach
        )
        self._right.try_prices(_largest(pool.rows, kept.left_cost, len(self._right.places)), reach)

    def refine(self) -> None:
        """Move the best prices towards what is in demand, and see how low the bound comes."""
        self._left.refine()
        self._right.refine()


class _Bound:
    """The bound from one side's people who are counted."""

    def __init__(self, crowd: Crowd, best: Best, places: IntArray) -> None:
        self.places = places
        who = crowd.counted
        self._buyers = Buyers(best, crowd.most, crowd.held).of(who) if who.any() else None
        self._prices: IntArray | None = None
        self._seen: set[bytes] = set()
        self.value = np.inf
        if self._buyers is not None:
            self.value = _above(
                float(_without_money(self._buyers, np.zeros(len(places), np.int64)).min())
            )

    def try_prices(self, costs: FloatArray, reach: float) -> None:
        top = float(costs.max(initial=0.0))
        for share in _SHARES:
            self._try((costs > max(share * top, _UNUSUAL * reach)).astype(np.int64))

    def _try(self, prices: IntArray) -> IntArray | None:
        """Lower the bound if these prices do; return what is then in demand beyond the places."""
        key = prices.tobytes()
        if self._buyers is None or not 0 < np.count_nonzero(prices) <= PRICED or key in self._seen:
            return None
        if self._buyers.most.max() > _WIDEST:
            return None
        self._seen.add(key)
        poor = _without_money(self._buyers, prices) < self.value
        budget = Budget(self._buyers.of(poor), prices)
        welfare, beyond = budget.affordable(int((prices * self.places).sum()))
        if _above(welfare) < self.value:
            self.value = _above(welfare)
            self._prices = prices
        return None if beyond is None else budget.demand(beyond) - self.places

    def refine(self) -> None:
        if self._prices is None:
            return
        prices = self._prices / self._prices.max()
        for step in range(_ROUNDS):
            self._seen.clear()
            excess = self._try(np.rint(_LEVELS * prices / prices.max()).astype(np.int64))
            if excess is None:
                return
            way = np.where((prices > 0) | (excess > 0), excess, 0).astype(np.float64)
            length = float(np.linalg.norm(way))
            if length == 0:
                return
            prices = prices / prices.max() + _STEP / (1 + _DAMPING * step) * way / length
            prices = np.maximum(prices, 0.0)
            if not prices.any():
                return


def _without_money(buyers: Buyers, prices: IntArray) -> FloatArray:
    """Return the largest welfare each can have among partners who cost nothing."""
    free = np.take_along_axis(buyers.free(prices), buyers.most[:, None], axis=1)[:, 0]
    welfare: FloatArray = free + buyers.held
    return welfare


def _above(welfare: float) -> float:
    """Leave room for rounding: the same pair's score may differ in its last bits."""
    return welfare + _ROUNDING * abs(welfare)


def _largest(people: IntArray, costs: FloatArray, width: int) -> FloatArray:
    """Return everybody's largest cost over their pairs."""
    largest = np.full(width, -np.inf)
    np.maximum.at(largest, people, costs)
    return largest
