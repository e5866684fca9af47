"""The passages behind a signal of one pair.

Public: ``best_evidence(left, right, row, column, calibration, count)``.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity_segments import cosines
from matchmaking.affinity_side import Shelf
from matchmaking.calibration import Calibration, Line
from matchmaking.reasons import Evidence

SAME = Line()
_DIGITS = 6
# how far two passages are from each other, less is nearer, and their names
_Found = tuple[float, str, str]


def best_evidence(
    left: Shelf, right: Shelf, row: int, column: int, calibration: Calibration, count: int
) -> tuple[Evidence, ...]:
    """Return the most similar pairs of passages of two people, best first.

    No passage appears twice, so that a second pair says something new.
    """
    found: list[_Found] = []
    for line, first, second in (
        (SAME, left.english, right.english),
        (calibration.mixed, left.english_every, right.korean),
        (calibration.mixed, left.korean, right.english_every),
        (calibration.korean, left.korean, right.korean),
    ):
        names = first.ids[first.starts[row] : first.starts[row + 1]]
        others = second.ids[second.starts[column] : second.starts[column + 1]]
        if names and others:
            similar = cosines(first, second, row, column) * line.slope + line.offset
            found += _nearest(similar, names, others, count)
    return _distinct(sorted(found), count)


def _nearest(
    similar: NDArray[np.float32], names: Sequence[str], others: Sequence[str], count: int
) -> Iterator[_Found]:
    """Give the nearest pairs of one view, in no order: as many as may be needed for ``count``.

    Every chosen pair keeps away at most the others in its row and its column.
    """
    flat = similar.ravel()
    needed = max(1, count - 1) * sum(similar.shape) + 1
    places = np.arange(flat.size)
    if needed < flat.size:
        places = np.argpartition(flat, flat.size - needed)[flat.size - needed :]
    width = len(others)
    for place, value in zip(places.tolist(), flat[places].tolist(), strict=True):
        yield -round(value, _DIGITS), names[place // width], others[place % width]


def _distinct(ranked: Sequence[_Found], count: int) -> tuple[Evidence, ...]:
    chosen: list[Evidence] = []
    for worse, left, right in ranked:
        if len(chosen) == count:
            break
        if all(left != other.left and right != other.right for other in chosen):
            chosen.append(Evidence(left, right, -worse))
    return tuple(chosen)
