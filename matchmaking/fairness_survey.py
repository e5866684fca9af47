"""One look at all pairs: which of them a fair pairing may want, and what anybody could get."""

from dataclasses import dataclass, replace

import numpy as np

from matchmaking.fairness_best import Best, BestSoFar
from matchmaking.fairness_market import Crowd, Flags, Market, Terms
from matchmaking.pairing_pool import Pool
from matchmaking.pairing_result import Certificate, Progress
from matchmaking.pairing_tiles import Tile, tile_count, tiles
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import FloatArray, IntArray

# How many pairs of everybody are near enough to the plain optimum's prices, and how many of the
# best scores of those who may have to be raised, are in the market.
_NEAR = 14
_DEAR = 20
# Beyond what anybody takes, so many best scores are kept: the ceiling may price as many people.
PRICED = 32
_POOREST = 0.3


@dataclass(frozen=True)
class Survey:
    """The market, and the best scores of the people on each side who are counted."""

    market: Market
    best_left: Best
    best_right: Best


def survey(terms: Terms, certificate: Certificate, watch: Watch) -> Survey:
    """Look at every allowed pair once.

    Parameters
    ----------
    terms
        The problem without pins.
    certificate
        The plain optimum's: pairs that its prices find nearly worth choosing are kept.
    watch
        Told after every tile.
    """
    scan = _Scan(terms, certificate)
    count = tile_count(terms.allowed.shape)
    for done, tile in enumerate(tiles(terms.allowed.shape)):
        watch.report(Progress("scores", done, count))
        scan.take(tile)
    left, right = scan.scores[0].best(), scan.scores[1].best()
    terms = replace(terms, left=_reachable(terms.left, left), right=_reachable(terms.right, right))
    worth = terms.allowed.worth
    return Survey(
        _market(terms, scan, left, right),
        Best(left.values + worth, left.others),
        Best(right.values + worth, right.others),
    )


class _Scan:
    """Lists that fill up while the tiles pass by."""

    def __init__(self, terms: Terms, certificate: Certificate) -> None:
        self._terms = terms
        self._prices = certificate.left_price, certificate.right_price
        n, m = terms.allowed.shape
        self.near = BestSoFar(n, _NEAR), BestSoFar(m, _NEAR)
        self.scores = _wide(terms.left), _wide(terms.right)

    def take(self, tile: Tile) -> None:
        """Offer a tile's scores and margins to both sides."""
        terms, (u, v) = self._terms, self._prices
        rows, columns = slice(tile.top, tile.bottom), slice(tile.first, tile.last)
        values = terms.allowed.of_tile(tile)
        values[terms.left.most[rows] == 0] = -np.inf
        values[:, terms.right.most[columns] == 0] = -np.inf
        _offer(self.scores, tile, values, values)
        margins = values - u[rows, None] - v[columns]
        margins[values < 0] = -np.inf
        _offer(self.near, tile, margins, values)


def _offer(
    lists: tuple[BestSoFar, BestSoFar], tile: Tile, merit: FloatArray, values: FloatArray
) -> None:
    lists[0].offer(tile.top, tile.first, merit, values)
    lists[1].offer(tile.first, tile.top, merit.T, values.T)


def _wide(crowd: Crowd) -> BestSoFar:
    few = max(crowd.widest + PRICED, _DEAR) if crowd.counted.any() else 0
    return BestSoFar(len(crowd.most), few)


def _reachable(crowd: Crowd, best: Best) -> Crowd:
    """Leave out of the floor who could be given nobody above worth."""
    if not crowd.counted.any():
        return crowd
    return replace(crowd, counted=crowd.counted & (best.values[:, :1] > 0).any(axis=1))


def _market(terms: Terms, scan: _Scan, left: Best, right: Best) -> Market:
    plain, worth = terms.plain, terms.allowed.worth
    near_left, near_right = scan.near[0].best(), scan.near[1].best()
    poor_left = _poorest(terms.left, plain.rows, plain.values + worth)
    poor_right = _poorest(terms.right, plain.columns, plain.values + worth)
    near = near_left.values > -np.inf, near_right.values > -np.inf
    pool = _joined(
        [
            plain,
            _pool(near_left, near[0]),
            _turned(_pool(near_right, near[1])),
            _pool(left, _worth_a_thought(left, poor_left)),
            _turned(_pool(right, _worth_a_thought(right, poor_right))),
        ],
        len(terms.right.most),
    )
    return Market(pool, pool.values + worth, terms.left, terms.right)


def _poorest(crowd: Crowd, people: IntArray, scores: FloatArray) -> Flags:
    """Mark the counted people who get least in the plain optimum."""
    welfare = crowd.held + np.bincount(people, weights=scores, minlength=len(crowd.held))
    order = np.argsort(np.where(crowd.counted, welfare, np.inf), kind="stable")
    poor = np.zeros(len(welfare), bool)
    poor[order[: int(np.ceil(_POOREST * len(order)))]] = True
    return poor & crowd.counted


def _worth_a_thought(best: Best, poor: Flags) -> Flags:
    """Mark the first few pairs of the poor; a pair below worth is not made to raise anybody."""
    first = np.arange(best.values.shape[1]) < _DEAR
    marks: Flags = (best.values >= 0) & first & poor[:, None]
    return marks


def _pool(best: Best, marks: Flags) -> Pool:
    who, place = np.nonzero(marks)
    return Pool(who.astype(np.int32), best.others[who, place], best.values[who, place])


def _turned(pool: Pool) -> Pool:
    return Pool(pool.columns, pool.rows, pool.values)


def _joined(pools: list[Pool], width: int) -> Pool:
    """Put pools into one, sorted and without doubles; of doubles the first one's value stays."""
    rows = np.concatenate([pool.rows for pool in pools])
    columns = np.concatenate([pool.columns for pool in pools])
    values = np.concatenate([pool.values for pool in pools])
    _, first = np.unique(rows.astype(np.int64) * max(1, width) + columns, return_index=True)
    return Pool(rows[first], columns[first], values[first])
