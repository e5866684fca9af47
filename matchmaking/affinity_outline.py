"""A guess at the affinity of many pairs at a tenth of the cost, to find whom to compare exactly.

Public: ``Basis.of(side)``, ``Outline.of(side, basis)``, ``guessed(left, right, calibration,
settings)``.

The soft best over the passages of two people is the logarithm of a mean of exponentials. Its first
two cumulants are the mean of the cosines and half their variance times the sharpness. Either is an
inner product of numbers that each person has by themselves: the mean cosine is that of the mean
vectors, and the mean squared cosine that of the passages' mean products of two coordinates. The
directions in which a side's texts differ most are enough for both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinitySettings, directed, harmonic
from matchmaking.affinity_side import PackedSide, Segments, Shelf
from matchmaking.calibration import Calibration, Curve, Line
from matchmaking.encoders import FloatMatrix
from matchmaking.threads import one_blas_thread

MEANS = 160
"""Directions in which mean vectors are kept."""
SQUARES = 20
"""Directions of which the products of every two are kept."""
_SAMPLE = 20_000
_FAR = -1e4
_ROWS, _COLUMNS, _CHUNK = 128, 2048, 500
_CELLS = 4096

Places = slice | NDArray[np.integer]
_KINDS = ("expertise", "offers", "needs")
_VIEWS = ("english", "english_every", "korean")
_MET_BY = {"expertise": "expertise", "offers": "needs", "needs": "offers"}
_READ_BY = {
    "english": ("english",),
    "english_every": ("korean",),
    "korean": ("english_every", "korean"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """Orthonormal directions, the liveliest first: (d, at most MEANS) for each encoder.

    ``english`` is for the English view, ``every`` for the views in the encoder of every language.
    """

    english: FloatMatrix
    every: FloatMatrix

    @classmethod
    def of(cls, side: PackedSide) -> "Basis":
        """Find them in the texts of a side by principal components (Pearson, 1901)."""
        shelves = [getattr(side, kind) for kind in _KINDS]
        return cls(
            _principal([shelf.english for shelf in shelves]),
            _principal([part for shelf in shelves for part in (shelf.english_every, shelf.korean)]),
        )


@dataclass(frozen=True, slots=True)
class Trace:
    """One view of one kind of text: the mean of somebody's passages and their mean products.

    ``absent`` is 0, and far below any cosine for those who have no such text.
    """

    means: FloatMatrix
    squares: FloatMatrix
    absent: FloatMatrix

    def take(self, people: Places) -> "Trace":
        """Return some of the people."""
        return Trace(self.means[people], self.squares[people], self.absent[people])


@dataclass(frozen=True, slots=True)
class Outline:
    """The people of a side as a guess needs them; a view that nobody has is left out."""

    views: Mapping[tuple[str, str], Trace]
    size: int

    @classmethod
    def of(cls, side: PackedSide, basis: Basis) -> "Outline":
        """Outline a side that is ready to compare; the basis may be the other side's."""
        found: dict[tuple[str, str], Trace] = {}
        for kind in _KINDS:
            shelf: Shelf = getattr(side, kind)
            for view in _VIEWS:
                segments: Segments = getattr(shelf, view)
                directions = basis.english if view == "english" else basis.every
                if len(segments.vectors) and len(directions):
                    found[kind, view] = _traced(segments, directions)
        return cls(found, len(side))

    def take(self, people: Places) -> "Outline":
        """Return some of the people, in this order."""
        some = {name: trace.take(people) for name, trace in self.views.items()}
        return Outline(some, len(np.arange(self.size)[people]))

    def facing(self, other: "Outline") -> "Outline":
        """Return only those views with which some view of another outline is compared."""
        faced = {
            (kind, view): trace
            for (kind, view), trace in self.views.items()
            if any((_MET_BY[kind], reader) in other.views for reader in _READ_BY[view])
        }
        return Outline(faced, self.size)


def guessed(
    left: Outline, right: Outline, calibration: Calibration, settings: AffinitySettings
) -> FloatMatrix:
    """Guess the scores of everybody on the left with everybody on the right.

    Returns
    -------
    (len(left), len(right)) float32 in (0, 1), near to ``AffinityScorer.score`` and mostly a
    little below. Cost: some 360 multiplications for each pair, kind and view.
    """
    scores = np.empty((left.size, right.size), np.float32)
    reader = _Reader(calibration, settings)
    with one_blas_thread():
        for top in range(0, left.size, _ROWS):
            rows = left.take(slice(top, top + _ROWS))
            for first in range(0, right.size, _COLUMNS):
                columns = right.take(slice(first, first + _COLUMNS))
                scores[top : top + _ROWS, first : first + _COLUMNS] = reader.read(rows, columns)
    return scores


class _Reader:
    """Turns two outlines into scores, by tables of the calibration's curves."""

    def __init__(self, calibration: Calibration, settings: AffinitySettings) -> None:
        same, mixed, korean = Line(), calibration.mixed, calibration.korean
        self._lines = (
            (same, "english", "english"),
            (mixed, "english_every", "korean"),
            (mixed, "korean", "english_every"),
            (korean, "korean", "korean"),
        )
        self._settings = settings
        self._expertise = _table(calibration.expertise)
        self._complement = _table(calibration.complement)

    def read(self, left: Outline, right: Outline) -> FloatMatrix:
        """Guess a block's scores."""
        settings = self._settings
        work = self._signal(left, right, ("expertise", "expertise"), settings.sharpness)
        left_gets = self._signal(left, right, ("needs", "offers"), settings.need_sharpness)
        right_gets = self._signal(left, right, ("offers", "needs"), settings.need_sharpness)
        value = _looked_up(self._expertise, work)
        return harmonic(
            directed(value, _looked_up(self._complement, left_gets), settings),
            directed(value, _looked_up(self._complement, right_gets), settings),
        )

    def _signal(
        self, left: Outline, right: Outline, kinds: tuple[str, str], sharpness: float
    ) -> FloatMatrix:
        best = np.full((left.size, right.size), _FAR, np.float32)
        for line, first, second in self._lines:
            here, there = left.views.get((kinds[0], first)), right.views.get((kinds[1], second))
            if here is not None and there is not None:
                view = _cumulants(here, there, sharpness * line.slope)
                view *= np.float32(line.slope)
                view += np.float32(line.offset)
                np.maximum(best, view, out=best)
        return best


def _cumulants(here: Trace, there: Trace, sharpness: float) -> FloatMatrix:
    """Return the mean of the cosines and half their variance times the sharpness."""
    result: FloatMatrix = here.squares @ there.squares.T
    squared = here.means[:, :SQUARES] @ there.means[:, :SQUARES].T
    squared *= squared
    result -= squared
    result *= np.float32(sharpness / 2)
    result += here.means @ there.means.T
    for absent in (here.absent[:, None], there.absent):
        if absent.any():
            result += absent
    return result


def _principal(parts: Sequence[Segments]) -> FloatMatrix:
    """Return the directions of most of the vectors' length, from a sample of their rows."""
    filled = [part.vectors for part in parts if len(part.vectors)]
    if not filled:
        return np.zeros((0, 0), np.float32)
    step = max(1, sum(map(len, filled)) // _SAMPLE)
    rows = np.concatenate([vectors[::step] for vectors in filled]).astype(np.float32)
    with one_blas_thread():
        _, directions = np.linalg.eigh((rows.T @ rows).astype(np.float64))
    return np.ascontiguousarray(directions[:, ::-1][:, :MEANS], np.float32)


def _traced(segments: Segments, directions: FloatMatrix) -> Trace:
    people = len(segments.starts) - 1
    first, second = np.triu_indices(min(SQUARES, directions.shape[1]))
    # a product of two different coordinates stands for both orders
    doubled = np.where(first == second, 1.0, 2.0**0.5).astype(np.float32)
    means = np.zeros((people, directions.shape[1]), np.float32)
    squares = np.zeros((people, len(first)), np.float32)
    there = np.flatnonzero(segments.counts)
    for some in np.array_split(there, max(1, len(there) // _CHUNK)):
        if not len(some):
            continue
        rows = slice(int(segments.starts[some[0]]), int(segments.starts[some[-1] + 1]))
        with one_blas_thread():
            short = segments.vectors[rows].astype(np.float32) @ directions
        starts = segments.starts[some] - rows.start
        weights = segments.weights[rows, None]
        means[some] = np.add.reduceat(short * weights, starts, axis=0)
        products = short[:, first] * short[:, second] * (weights * doubled)
        squares[some] = np.add.reduceat(products, starts, axis=0)
    absent = np.where(segments.counts > 0, 0.0, _FAR).astype(np.float32)
    return Trace(means, squares, absent)


def _table(curve: Curve) -> FloatMatrix:
    """Read a curve at many places from -1 to 1; the first place stands for no text."""
    table: FloatMatrix = curve(np.linspace(-1, 1, _CELLS)).astype(np.float32)
    table[0] = np.nan
    return table


def _looked_up(table: FloatMatrix, raw: FloatMatrix) -> FloatMatrix:
    raw += np.float32(1)
    raw *= np.float32((_CELLS - 1) / 2)
    np.clip(raw, 0, _CELLS - 1, out=raw)
    return table[raw.astype(np.int16)]
