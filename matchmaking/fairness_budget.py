"""What welfare costs each person at given prices: the smallest sum of prices that buys it.

Prices are small whole numbers, so a table over (partners taken, sum of prices) holds the largest
sum of scores exactly: a knapsack with a limit on the number of items.
"""

from dataclasses import dataclass

import numpy as np

from matchmaking.fairness_best import Best
from matchmaking.fairness_market import Flags
from matchmaking.scorers import FloatArray, IntArray


@dataclass(frozen=True)
class Buyers:
    """People with the pairs that are best for them.

    Attributes
    ----------
    best
        Scores and others, best first; all that have a price and `most` free ones must be among
        them, or be worse than those.
    most
        (n,) how many partners each takes.
    held
        (n,) the welfare they have already.
    """

    best: Best
    most: IntArray
    held: FloatArray

    def of(self, who: Flags) -> "Buyers":
        """Return some of them."""
        best = Best(self.best.values[who], self.best.others[who])
        return Buyers(best, self.most[who], self.held[who])

    def free(self, prices: IntArray) -> FloatArray:
        """Return (n, K + 1) the best sums of 0, 1, ... partners who cost nothing."""
        wide = int(self.most.max(initial=0))
        costless = prices[self.best.others] == 0
        place = np.cumsum(costless, axis=1)
        scores = np.where(costless & (place <= wide), np.maximum(self.best.values, 0.0), 0.0)
        sums = np.zeros((len(self.most), wide + 1))
        for k in range(1, wide + 1):
            sums[:, k] = np.where(place == k, scores, 0.0).sum(axis=1)
        return np.cumsum(sums, axis=1)


@dataclass(frozen=True)
class _Bought:
    """Column `other` at `price` improved the tables of these people, in cells `better`."""

    other: int
    price: int
    people: IntArray
    better: Flags


class Budget:
    """The largest welfare each person can have for every sum of prices.

    Parameters
    ----------
    buyers
        Who buys.
    prices
        (m,) whole numbers >= 0 of the people on the other side.

    Notes
    -----
    O(n x priced x K x largest sum of K prices) time.
    """

    def __init__(self, buyers: Buyers, prices: IntArray) -> None:
        self._wide = int(buyers.most.max(initial=0))
        priced = np.flatnonzero(prices)
        self._top = int(np.sort(prices[priced])[-self._wide :].sum()) if self._wide else 0
        self._history: list[_Bought] = []
        self._table = self._filled(buyers, prices, priced)
        every = np.arange(self._wide + 1)
        free = buyers.free(prices)
        left_over = np.maximum(buyers.most[:, None] - every, 0)
        rest = np.where(
            every <= buyers.most[:, None], np.take_along_axis(free, left_over, axis=1), -np.inf
        )
        self._cells = self._table + rest[:, :, None] + buyers.held[:, None, None]
        self.welfare = np.maximum.accumulate(self._cells.max(axis=1), axis=1)
        self._others = len(prices)

    def _filled(self, buyers: Buyers, prices: IntArray, priced: IntArray) -> FloatArray:
        table = np.full((len(buyers.most), self._wide + 1, self._top + 1), -np.inf)
        table[:, 0, 0] = 0.0
        for other in priced.tolist():
            who, place = np.nonzero((buyers.best.others == other) & (buyers.best.values > 0))
            if not len(who):
                continue
            price = int(prices[other])
            old = table[who]
            offer = old[:, :-1, : self._top + 1 - price]
            offer = offer + buyers.best.values[who, place][:, None, None]
            better = offer > old[:, 1:, price:]
            np.maximum(old[:, 1:, price:], offer, out=old[:, 1:, price:])
            table[who] = old
            self._history.append(_Bought(other, price, who, better))
        return table

    def affordable(self, purse: int) -> tuple[float, float | None]:
        """Return the largest welfare that all can have at once for so much in sum, and the next.

        The next larger welfare that costs more than the purse is None where money is no limit.
        """
        steps = self.welfare[:, -1].min(initial=np.inf)
        if not np.isfinite(steps):
            return float(steps), None
        amounts = np.unique(self.welfare[self.welfare <= steps])
        if self._cost(float(amounts[-1])) <= purse:
            return float(amounts[-1]), None
        low, high = 0, len(amounts) - 1
        while high - low > 1:
            middle = (low + high) // 2
            if self._cost(float(amounts[middle])) <= purse:
                low = middle
            else:
                high = middle
        return float(amounts[low]), float(amounts[high])

    def _cost(self, welfare: float) -> int:
        return int(np.count_nonzero(self.welfare < welfare))

    def demand(self, welfare: float) -> IntArray:
        """Return (m,) how many people buy each of the others to have so much welfare cheapest."""
        people = np.arange(len(self.welfare))
        money = np.minimum((self.welfare < welfare).sum(axis=1), self._top)
        items = self._cells[people, :, money].argmax(axis=1)
        demand = np.zeros(self._others, np.int64)
        for bought in reversed(self._history):
            who, price = bought.people, bought.price
            can = (items[who] > 0) & (money[who] >= price)
            at = np.maximum(items[who] - 1, 0), np.maximum(money[who] - price, 0)
            buys = who[can & bought.better[np.arange(len(who)), at[0], at[1]]]
            demand[bought.other] += len(buys)
            items[buys] -= 1
            money[buys] -= price
        return demand
