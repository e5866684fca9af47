"""Values of all allowed pairs for many passes: scored once, then kept as 16-bit codes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.pairing_prices import Prices
from matchmaking.pairing_result import Progress
from matchmaking.pairing_tiles import AllowedValues, Tile, max_tile, tile_count, tiles
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import FloatArray

_CODES = 65_000
_SHARP = 64 * float(np.finfo(np.float32).eps)


@dataclass(frozen=True)
class _Coded:
    """A tile rounded up: every value lies between low + step * (code - 1) and low + step * code."""

    low: float
    step: np.float32
    codes: NDArray[np.uint16]


class ValueStore:
    """Reads all values tile by tile, as often as wanted.

    The first pass asks the scorer and keeps codes, as long as they fit the budget; later passes
    decode them, a tenth of the cost of an inner product in 384 dimensions and a thousandth of a
    rich affinity's. Codes are rounded up, so a bound computed from them is a bound.

    Parameters
    ----------
    allowed
        The values.
    budget
        Bytes of codes to keep; what does not fit is scored anew on every pass.
    """

    def __init__(self, allowed: AllowedValues, budget: int) -> None:
        self._allowed = allowed
        self._left = budget
        self._coded: dict[Tile, _Coded] = {}
        self.reach = 0.0

    def margins(self, prices: Prices, watch: Watch) -> Iterator[tuple[Tile, NDArray[np.float32]]]:
        """Go over all tiles: value - u - v, never too low but for rounding, -inf where excluded.

        The margins are written over by the next tile. `reach`, the largest distance of a value
        from 0, covers the tiles that were read so far.
        """
        count = tile_count(self._allowed.shape)
        scratch = np.empty(max_tile(self._allowed.shape), np.float32)
        for done, tile in enumerate(tiles(self._allowed.shape)):
            watch.report(Progress("scores", done, count))
            coded = self._coded.get(tile)
            u, v = prices.left[tile.top : tile.bottom], prices.right[tile.first : tile.last]
            if coded is None:
                margins = self._fresh(tile)
                margins -= v.astype(margins.dtype)
                margins -= u.astype(margins.dtype)[:, None]
                margins = margins.astype(np.float32, copy=False)
            else:
                margins = scratch[: coded.codes.size].reshape(coded.codes.shape)
                np.multiply(coded.codes, coded.step, out=margins)
                margins -= (v - coded.low).astype(np.float32)
                margins -= u.astype(np.float32)[:, None]
            self._allowed.exclude(tile, margins)
            yield tile, margins

    def _fresh(self, tile: Tile) -> FloatArray:
        values = self._allowed.unfiltered(tile)
        low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))
        self.reach = max(self.reach, abs(high), abs(low))
        if tile not in self._coded and values.size * 2 <= self._left:
            self._left -= values.size * 2
            step = max((high - low) / _CODES, _SHARP * max(abs(low), abs(high)), 1e-30)
            codes = values - values.dtype.type(low)
            codes *= values.dtype.type(1 / step)
            codes += values.dtype.type(1.05)
            self._coded[tile] = _Coded(low, np.float32(step), codes.astype(np.uint16))
        return values
