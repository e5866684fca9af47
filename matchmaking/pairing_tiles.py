"""Values of all allowed pairs, one tile at a time: never n x m numbers at once."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchmaking.errors import BadInput
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_problem import PairingProblem
from matchmaking.scorers import BlockScorer, FloatArray, IntArray

_ROWS, _COLUMNS = 256, 4096
_TOGETHER = 16


@dataclass(frozen=True)
class Tile:
    """Rows top..bottom-1 and columns first..last-1."""

    top: int
    bottom: int
    first: int
    last: int


def tiles(shape: tuple[int, int]) -> Iterator[Tile]:
    """Cut n x m into tiles of about a million pairs at most, row by row."""
    for top in range(0, shape[0], _ROWS):
        for first in range(0, shape[1], _COLUMNS):
            yield Tile(top, min(top + _ROWS, shape[0]), first, min(first + _COLUMNS, shape[1]))


def tile_count(shape: tuple[int, int]) -> int:
    """Return how many tiles `tiles` cuts."""
    return -(-shape[0] // _ROWS) * -(-shape[1] // _COLUMNS)


def max_tile(shape: tuple[int, int]) -> int:
    """Return how many pairs the largest tile has."""
    return min(shape[0], _ROWS) * min(shape[1], _COLUMNS)


class AllowedValues:
    """Score less worth of the pairs that may be chosen; -inf for those that are `excluded`.

    Parameters
    ----------
    scorer
        Scores of all pairs.
    worth
        What a score must exceed to be worth something.
    excluded
        Pairs that may not be chosen.
    """

    def __init__(self, scorer: BlockScorer, worth: float, excluded: PairSet) -> None:
        self.scorer = scorer
        self.worth = worth
        self.excluded = excluded
        self._places: dict[Tile, IntArray] = {}

    @classmethod
    def of(cls, problem: PairingProblem) -> "AllowedValues":
        """Leave out forbidden, sealed and pinned pairs."""
        out = np.concatenate((problem.forbidden, problem.sealed, problem.pinned))
        return cls(problem.scorer, problem.worth, PairSet.of(out, problem.shape))

    @property
    def shape(self) -> tuple[int, int]:
        """How many people there are on the left and on the right."""
        return self.scorer.shape

    def among(self, rows: IntArray, columns: IntArray) -> "AllowedValues":
        """Return the values of some people only, both ascending."""
        some = _Among(self.scorer, rows, columns)
        return AllowedValues(some, self.worth, self.excluded.among(rows, columns))

    def of_tile(self, tile: Tile) -> FloatArray:
        """Return the values in a tile, a fresh floating-point array, -inf where excluded.

        Raises
        ------
        BadInput
            When a score is not finite.
        """
        values = self.unfiltered(tile)
        self.exclude(tile, values)
        return values

    def unfiltered(self, tile: Tile) -> FloatArray:
        """Return the values in a tile, those of excluded pairs too."""
        scores = raw_scores(self.scorer, tile)
        # A scorer may give its block in columns; ``exclude`` writes by rows, and into no copy.
        values: FloatArray = scores.astype(np.promote_types(scores.dtype, np.float32), order="C")
        if self.worth:
            np.subtract(values, values.dtype.type(self.worth), out=values)
        return values

    def exclude(self, tile: Tile, values: FloatArray) -> None:
        """Write -inf over the excluded pairs of a tile's values, which must be contiguous."""
        if tile not in self._places:
            rows, columns = self.excluded.within(tile.top, tile.bottom)
            inside = (columns >= tile.first) & (columns < tile.last)
            width = np.int32(tile.last - tile.first)
            self._places[tile] = rows[inside] * width + columns[inside] - np.int32(tile.first)
        values.reshape(-1)[self._places[tile]] = -np.inf

    def of_pairs(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of single pairs sorted by row, (k,) float64; exclusions not looked at.

        A few neighbouring rows are scored at a time, in one block over the columns they name.
        """
        scores = np.empty(len(rows))
        place = np.zeros(self.shape[1], np.intp)
        firsts = np.arange(0, self.shape[0] + _TOGETHER, _TOGETHER)
        for first, (start, stop) in zip(
            firsts.tolist(),
            itertools.pairwise(np.searchsorted(rows, firsts).tolist()),
            strict=False,
        ):
            if start < stop:
                here = np.arange(first, rows[stop - 1] + 1, dtype=np.int32)
                place[columns[start:stop]] = 1
                there = np.flatnonzero(place).astype(np.int32)
                place[there] = np.arange(len(there))
                block = self.scorer.score(here, there)
                scores[start:stop] = block[rows[start:stop] - first, place[columns[start:stop]]]
                place[there] = 0
        return scores - self.worth


@dataclass(frozen=True)
class _Among:
    scorer: BlockScorer
    rows: IntArray
    columns: IntArray

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    def score(self, rows: IntArray, columns: IntArray) -> FloatArray:
        return self.scorer.score(self.rows[rows], self.columns[columns])


def raw_scores(scorer: BlockScorer, tile: Tile) -> FloatArray:
    """Score a tile and refuse what is not a finite number or has the wrong shape."""
    rows = np.arange(tile.top, tile.bottom, dtype=np.int32)
    columns = np.arange(tile.first, tile.last, dtype=np.int32)
    scores = scorer.score(rows, columns)
    if scores.shape != (len(rows), len(columns)):
        raise BadInput(f"the scorer gave {scores.shape} for a block {len(rows)} x {len(columns)}")
    if not (np.isfinite(scores.min(initial=0.0)) and np.isfinite(scores.max(initial=0.0))):
        row, column = np.argwhere(~np.isfinite(scores))[0]
        raise BadInput(f"the score of pair ({rows[row]}, {columns[column]}) is not a finite number")
    return scores
