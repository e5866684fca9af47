"""The passages behind a signal: the nearest pairs, none of them twice."""

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from matchmaking.affinity_evidence import best_evidence
from matchmaking.affinity_side import Segments, Shelf
from matchmaking.calibration import default_calibration

CALIBRATION = default_calibration()
WIDTH = 6


def segments(rows: NDArray[np.float32], kind: str) -> Segments:
    names = tuple(f"{kind}:{number}:0" for number in range(len(rows)))
    weights = np.full(len(rows), 1 / max(1, len(rows)), np.float32)
    starts = np.array([0, len(rows)], np.int64)
    return Segments(rows.astype(np.float16), (WIDTH,), weights, starts, names)


def shelf(english: int, korean: int, seed: int) -> Shelf:
    """One person with passages in either language, of vectors of length one."""
    random = np.random.default_rng(seed)

    def rows(count: int) -> NDArray[np.float32]:
        drawn = random.normal(size=(count, WIDTH))
        return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)

    return Shelf(
        segments(rows(english), "research"),
        segments(rows(english), "research"),
        segments(rows(korean), "publication"),
    )


def every_pair(left: Shelf, right: Shelf) -> list[tuple[float, str, str]]:
    """List all pairs of passages as (similarity, name, name), the nearest first: by brute force."""
    mixed, korean = CALIBRATION.mixed, CALIBRATION.korean
    found = []
    for slope, offset, first, second in (
        (1.0, 0.0, left.english, right.english),
        (mixed.slope, mixed.offset, left.english_every, right.korean),
        (mixed.slope, mixed.offset, left.korean, right.english_every),
        (korean.slope, korean.offset, left.korean, right.korean),
    ):
        for (i, name), (j, other) in product(enumerate(first.ids), enumerate(second.ids)):
            cosine = float(first.vectors[i].astype(float) @ second.vectors[j].astype(float))
            found.append((cosine * slope + offset, name, other))
    return sorted(found, key=lambda item: -item[0])


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("sizes", [(1, 0, 1, 0), (3, 2, 4, 1), (25, 10, 30, 12), (0, 2, 3, 0)])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_nearest_pairs_come_first_and_no_passage_twice(
    seed: int, sizes: tuple[int, int, int, int], count: int
) -> None:
    left, right = shelf(*sizes[:2], seed), shelf(*sizes[2:], seed + 1000)
    expected: list[tuple[float, str, str]] = []
    for similar, name, other in every_pair(left, right):
        if all(name != one[1] and other != one[2] for one in expected):
            expected.append((similar, name, other))
    found = best_evidence(left, right, 0, 0, CALIBRATION, count)
    assert [(one.left, one.right) for one in found] == [one[1:] for one in expected[:count]]
    assert [one.similarity for one in found] == pytest.approx(
        [one[0] for one in expected[:count]], abs=2e-3
    )


def test_nothing_stands_behind_a_signal_of_people_who_said_nothing() -> None:
    assert best_evidence(shelf(0, 0, 1), shelf(3, 0, 2), 0, 0, CALIBRATION, 2) == ()
