"""The passages behind a signal of one pair.

Public: ``best_evidence(left, right, row, column, calibration, count)``.
"""

from matchmaking.affinity_segments import cosines
from matchmaking.affinity_side import Shelf
from matchmaking.calibration import Calibration, Line
from matchmaking.reasons import Evidence

SAME = Line()


def best_evidence(
    left: Shelf, right: Shelf, row: int, column: int, calibration: Calibration, count: int
) -> tuple[Evidence, ...]:
    """Return the most similar pairs of passages of two people, best first.

    No passage appears twice, so that a second pair says something new.
    """
    found: list[Evidence] = []
    for line, first, second in (
        (SAME, left.english, right.english),
        (calibration.mixed, left.english_every, right.korean),
        (calibration.mixed, left.korean, right.english_every),
        (calibration.korean, left.korean, right.korean),
    ):
        names = (
            first.ids[first.starts[row] : first.starts[row + 1]],
            second.ids[second.starts[column] : second.starts[column + 1]],
        )
        if names[0] and names[1]:
            similar = cosines(first, second, row, column) * line.slope + line.offset
            found += [
                Evidence(name, other, round(float(similar[i, j]), 6))
                for i, name in enumerate(names[0])
                for j, other in enumerate(names[1])
            ]
    return _distinct(
        sorted(found, key=lambda item: (-item.similarity, item.left, item.right)), count
    )


def _distinct(ranked: list[Evidence], count: int) -> tuple[Evidence, ...]:
    chosen: list[Evidence] = []
    for item in ranked:
        if len(chosen) == count:
            break
        if all(item.left != other.left and item.right != other.right for other in chosen):
            chosen.append(item)
    return tuple(chosen)
