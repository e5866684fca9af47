"""One look at all allowed pairs at given prices, for those that the flow would want as well."""

from dataclasses import dataclass

import numpy as np

from matchmaking.pairing_picks import Picker, Picks
from matchmaking.pairing_pool import Pool
from matchmaking.pairing_prices import Prices
from matchmaking.pairing_store import ValueStore
from matchmaking.pairing_tiles import AllowedValues, tiles
from matchmaking.pairing_watch import Watch


@dataclass(frozen=True)
class Few:
    """How many pairs to pick for each person on the left and on the right."""

    left: int
    right: int


class Looker:
    """Looks at everything outside of a pool, as often as wanted.

    Margins (value less both prices) are a little too high: whatever is worth more than its prices
    has a positive one, and some that are not may have one too.
    """

    def __init__(self, allowed: AllowedValues, budget: int, seed: int) -> None:
        self._store = ValueStore(allowed, budget, seed)

    @property
    def reach(self) -> float:
        """The largest distance of a value from 0; known after the first look."""
        return self._store.reach

    def look(self, prices: Prices, pool: Pool, few: Few, watch: Watch) -> Picks:
        """Pick the pairs outside of the pool with the highest margins of each person."""
        picker = Picker((len(prices.left), len(prices.right)), (few.left, few.right))
        for tile, margins in self._store.margins(prices, watch):
            margins[pool.within(tile)] = -np.inf
            picker.offer(tile, margins)
        return picker.picks()


def exact_look(
    allowed: AllowedValues, prices: Prices, pool: Pool, few: Few, blur: float, watch: Watch
) -> tuple[float, Picks]:
    """Score everything anew, in double precision, for when ties are too many to tell apart.

    Returns the sum of positive margins outside of the pool, and picks from those above `blur`.
    """
    picker = Picker((len(prices.left), len(prices.right)), (few.left, few.right))
    rest = 0.0
    for tile in tiles(allowed.shape):
        watch.check("prices")
        margins = allowed.of_tile(tile).astype(np.float64)
        margins -= prices.left[tile.top : tile.bottom, None]
        margins -= prices.right[tile.first : tile.last]
        margins[pool.within(tile)] = -np.inf
        rest += float(margins[margins > 0].sum())
        margins[margins <= blur] = -np.inf
        picker.offer(tile, margins.astype(np.float32))
    return rest, picker.picks()
