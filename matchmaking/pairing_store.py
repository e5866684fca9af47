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
_EPS = float(np.finfo(np.float32).eps)
_COARSE = 1 / 500


@dataclass(frozen=True)
class _Coded:
    """A tile rounded up: a value lies between low + step * (code - 1.1) and low + step * code."""

    low: float
    step: np.float32
    codes: NDArray[np.uint16]


class ValueStore:
    """Reads all values tile by tile, as often as wanted.

    The first pass asks the scorer and keeps codes, as long as they fit the budget; later passes
    decode them, a tenth of the cost of an inner product in 384 dimensions and a thousandth of a
    rich affinity's.

    Parameters
    ----------
    allowed
        The values.
    budget
        Bytes of codes to keep; what does not fit is scored anew on every pass.
    seed
        For the noise that tells apart pairs that are alike.
    """

    def __init__(self, allowed: AllowedValues, budget: int, seed: int) -> None:
        self._allowed = allowed
        self._left = budget
        self._coded: dict[Tile, _Coded] = {}
        self._typical: dict[Tile, float] = {}
        self._noise = np.random.default_rng(seed).random(max_tile(allowed.shape), np.float32)
        self._scratch = np.empty_like(self._noise)
        self.reach = 0.0

    def margins(self, prices: Prices, watch: Watch) -> Iterator[tuple[Tile, NDArray[np.float32]]]:
        """Go over all tiles: value - u - v, -inf where excluded.

        Margins are in single precision and a little too high, so that none above 0 is missed:
        codes are rounded up, prices down, and noise is added. They are written over by the next
        tile. `reach`, the largest distance of a value from 0, covers what was read so far.
        """
        count = tile_count(self._allowed.shape)
        scratch = np.empty(len(self._noise), np.float32)
        for done, tile in enumerate(tiles(self._allowed.shape)):
            watch.report(Progress("scores", done, count))
            coded = self._coded.get(tile)
            u = _lowered(prices.left[tile.top : tile.bottom])
            v = _lowered(prices.right[tile.first : tile.last])
            if coded is None:
                exact = self._fresh(tile)
                exact -= v.astype(exact.dtype)
                exact -= u.astype(exact.dtype)[:, None]
                margins = exact.astype(np.float32, copy=False)
            else:
                margins = scratch[: coded.codes.size].reshape(coded.codes.shape)
                np.multiply(coded.codes, coded.step, out=margins)
                margins -= (v - coded.low).astype(np.float32)
                margins -= u.astype(np.float32)[:, None]
            self._add_noise(tile, margins, _typical(u) + _typical(v))
            self._allowed.exclude(tile, margins)
            yield tile, margins

    def _fresh(self, tile: Tile) -> FloatArray:
        """Ask the scorer, and keep codes unless they do not fit or a few extremes spoil them."""
        values = self._allowed.unfiltered(tile)
        if tile in self._typical:
            return values
        low, high = float(values.min()), float(values.max())
        self.reach = max(self.reach, abs(high), abs(low))
        sample = values[::7, ::31]
        self._typical[tile] = _typical(sample)
        step = max((high - low) / _CODES, 64 * _EPS * max(abs(low), abs(high)), 1e-30)
        spread = float(np.ptp(np.quantile(sample, (0.05, 0.95))))
        if values.size * 2 <= self._left and not 0 < spread * _COARSE < step:
            self._left -= values.size * 2
            codes = values - values.dtype.type(low)
            codes *= values.dtype.type(1 / step)
            codes += values.dtype.type(1.05)
            self._coded[tile] = _Coded(low, np.float32(step), codes.astype(np.uint16))
        return values

    def _add_noise(self, tile: Tile, margins: NDArray[np.float32], size: float) -> None:
        flat = margins.reshape(-1)
        size = size + self._typical[tile] or self.reach or 1.0
        noise = self._scratch[: len(flat)]
        np.multiply(self._noise[: len(flat)], np.float32(64 * _EPS * size), out=noise)
        flat += noise


def _lowered(price: FloatArray) -> FloatArray:
    """Take off what single precision may add."""
    lowered: FloatArray = price * np.where(price > 0, 1 - 8 * _EPS, 1 + 8 * _EPS)
    return lowered


def _typical(numbers: FloatArray) -> float:
    finite = np.abs(numbers[np.isfinite(numbers)])
    return float(np.median(finite)) if len(finite) else 0.0
