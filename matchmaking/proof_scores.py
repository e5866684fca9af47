"""Scores of all pairs of a round, kept so that its proof can be recomputed without any text.

``exact``: every score as a 32-bit float. ``ceilings``, for very many pairs: every score rounded up
to one of 256 steps, and the exact one of each pair whose rounded score would count for the bound.
A pair that is left at its ceiling adds nothing to the bound even there, so the bound is the same.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput
from matchmaking.pairing_problem import PairingProblem
from matchmaking.pairing_tiles import AllowedValues, Tile, raw_scores, tiles
from matchmaking.scorers import BlockScorer, DenseScorer, FloatArray, IntArray

Encoding = Literal["exact", "ceilings"]
Matrix = NDArray[np.float32]
Counts = Callable[[Tile, FloatArray], NDArray[np.bool_]]

# 2,048 people a side: 16 MB before packing.
MOST_EXACT = 2**22
_STEPS = 255
# Rounding in single precision never brings a ceiling below its score.
_MARGIN = 1e-3
_ORDER = "<f4"


@dataclass(frozen=True)
class KeptScores:
    """Scores as they are kept.

    Attributes
    ----------
    shape
        How many people there are on the left and on the right.
    data
        Packed by zlib, row by row: little-endian float32, or one byte a pair.
    low, step
        A byte b is the ceiling low + step * b.
    near
        (k, 2) the pairs whose exact scores are known, with ``scores`` (k,).
    """

    encoding: Encoding
    shape: tuple[int, int]
    data: bytes
    low: float
    step: float
    near: IntArray
    scores: FloatArray

    def matrix(self) -> Matrix:
        """Give the scores, or their ceilings where the exact ones are not known.

        Raises
        ------
        BadInput
            When the data is broken, or not of this shape.
        """
        exact = self.encoding == "exact"
        try:
            raw = zlib.decompress(self.data)
            kept = np.frombuffer(raw, _ORDER if exact else np.uint8).reshape(self.shape)
        except (zlib.error, ValueError) as error:
            raise BadInput(f"the scores cannot be read: {error}") from error
        if exact:
            return kept.astype(np.float32)
        found = kept.astype(np.float32) * np.float32(self.step) + np.float32(self.low)
        if len(self.near):
            found[self.near[:, 0], self.near[:, 1]] = self.scores
        return found


@dataclass(frozen=True)
class Best:
    """The best score that each person could have had; -inf for who may meet nobody."""

    left: FloatArray
    right: FloatArray


def at_hand(scorer: BlockScorer) -> BlockScorer:
    """Score everything once, when it is to be kept exactly: solver and proof see the same."""
    n, m = scorer.shape
    if not 0 < n * m <= MOST_EXACT:
        return scorer
    matrix = np.empty((n, m), np.float32)
    for tile in tiles((n, m)):
        matrix[tile.top : tile.bottom, tile.first : tile.last] = raw_scores(scorer, tile)
    return DenseScorer(matrix)


def keep_scores(
    problem: PairingProblem, counts: Counts, chosen: IntArray, most_exact: int = MOST_EXACT
) -> tuple[KeptScores, Best]:
    """Keep the scores of a problem; excluded pairs, whatever excludes them, are kept as 0.

    Parameters
    ----------
    counts
        Tells of a tile of scores which of them would count for a bound.
    chosen
        (k, 2) pairs whose exact scores are wanted in any case.
    """
    allowed = AllowedValues.of(problem)
    pins = np.zeros(problem.shape, bool)
    pins[problem.pinned[:, 0], problem.pinned[:, 1]] = True
    scores = np.zeros(problem.shape, np.float32)
    best = Best(np.full(problem.shape[0], -np.inf), np.full(problem.shape[1], -np.inf))
    for tile in tiles(problem.shape):
        rows, columns = slice(tile.top, tile.bottom), slice(tile.first, tile.last)
        block = raw_scores(problem.scorer, tile).astype(np.float32)
        open_ = np.isfinite(allowed.of_tile(tile)) | pins[rows, columns]
        masked = np.where(open_, block, -np.inf)
        best.left[rows] = np.maximum(best.left[rows], masked.max(axis=1, initial=-np.inf))
        best.right[columns] = np.maximum(best.right[columns], masked.max(axis=0, initial=-np.inf))
        scores[rows, columns] = np.where(open_, block, 0)
    if scores.size <= most_exact:
        return _exact(scores), best
    return _ceilings(scores, counts, chosen), best


def _exact(scores: Matrix) -> KeptScores:
    data = zlib.compress(scores.astype(_ORDER).tobytes())
    none = np.zeros((0, 2), np.int32)
    return KeptScores("exact", _shape(scores), data, 0.0, 0.0, none, np.zeros(0, np.float32))


def _ceilings(scores: Matrix, counts: Counts, chosen: IntArray) -> KeptScores:
    low, high = float(scores.min()), float(scores.max())
    step = max(high - low, 1e-6) * (1 + 2 * _MARGIN) / (_STEPS - 1)
    codes = np.empty(scores.shape, np.uint8)
    near = np.zeros(scores.shape, bool)
    near[chosen[:, 0], chosen[:, 1]] = True
    for tile in tiles(scores.shape):
        rows, columns = slice(tile.top, tile.bottom), slice(tile.first, tile.last)
        block = np.ceil((scores[rows, columns] - np.float32(low)) / np.float32(step) + _MARGIN)
        codes[rows, columns] = block
        above = block.astype(np.float32) * np.float32(step) + np.float32(low)
        near[rows, columns] |= counts(tile, above)
    pairs = np.argwhere(near).astype(np.int32)
    kept = scores[pairs[:, 0], pairs[:, 1]]
    return KeptScores(
        "ceilings", _shape(scores), zlib.compress(codes.tobytes()), low, step, pairs, kept
    )


def _shape(scores: Matrix) -> tuple[int, int]:
    return scores.shape[0], scores.shape[1]
