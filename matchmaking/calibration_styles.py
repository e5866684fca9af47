"""The directions in which an encoder's vectors show a text's style rather than its matter.

Public: ``fit_styles(left, right, parallel)``.

They are the differences between the means of short texts (the parallel ones, offers, needs) and of
long ones (people's research) of one field, one for each language. They are the encoder's own: the
ones of the shipped calibration serve every edition with the shipped encoders.
"""

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity_side import PackedSide, Segments, Shelf, StoredMatrix
from matchmaking.calibration_centres import Centre, Styles
from matchmaking.passages import Kind

Vector = NDArray[np.float64]
SAME = 0.2
"""Two unit directions that differ by less than this (a singular value) are taken for one."""


def fit_styles(left: PackedSide, right: PackedSide, parallel: PackedSide) -> Styles:
    """Find the style directions of the encoders that made three sides' vectors.

    Parameters
    ----------
    left, right
        People with research texts, offers and needs; without any research text, or without
        short texts in a language, the language has no direction.
    parallel
        The shipped parallel texts, as one person's works: short ones.
    """
    sides = (left, right)
    english = _difference("english", sides, parallel)
    if english is not None:
        # a word is matter, whoever uses it: only the sense has a style
        english[_sense_length(left, right) :] = 0
    every = [_difference(view, sides, parallel) for view in ("english_every", "korean")]
    return Styles(_orthonormal([english]), _orthonormal(every))


def _difference(
    view: str, sides: tuple[PackedSide, PackedSide], parallel: PackedSide
) -> Vector | None:
    def rows(shelf: Shelf) -> StoredMatrix:
        segments: Segments = getattr(shelf, view)
        return segments.vectors

    long = [_research(getattr(side.expertise, view)) for side in sides]
    long = [found for found in long if len(found)]
    short = [rows(shelf) for side in sides for shelf in (side.offers, side.needs)]
    short = [found for found in (*short, rows(parallel.expertise)) if len(found)]
    if not long or not short:
        return None
    means = [found.mean(axis=0, dtype=np.float64) for found in short]
    difference: Vector = np.mean(means, axis=0) - np.vstack(long).mean(axis=0, dtype=np.float64)
    return difference


def _research(segments: Segments) -> StoredMatrix:
    chosen = [name.startswith(Kind.RESEARCH) for name in segments.ids]
    return segments.vectors[chosen]


def _sense_length(left: PackedSide, right: PackedSide) -> int:
    blocks = left.expertise.english.blocks or right.expertise.english.blocks
    return blocks[0]


def _orthonormal(directions: list[Vector | None]) -> tuple[Centre, ...]:
    found = [direction for direction in directions if direction is not None]
    if not found:
        return ()
    units = [direction / (np.linalg.norm(direction) or 1.0) for direction in found]
    _, spread, basis = np.linalg.svd(np.array(units), full_matrices=False)
    kept = basis[spread > SAME]
    return tuple(tuple(round(float(x), 5) for x in row) for row in kept)
