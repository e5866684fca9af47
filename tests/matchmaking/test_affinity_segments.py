import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking import affinity_segments
from matchmaking.affinity_segments import cosines, soft_best, widened
from matchmaking.affinity_side import Segments
from matchmaking.encoders import FloatMatrix


def segments(rng: np.random.Generator, counts: list[int], dimension: int = 3) -> Segments:
    vectors = rng.normal(size=(sum(counts), dimension))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    weights = [w / sum(group) for n in counts for group in [rng.uniform(1, 3, n)] for w in group]
    return Segments(
        vectors.astype(np.float16),
        (dimension,),
        np.array(weights, np.float32),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        tuple(map(str, range(sum(counts)))),
    )


def one_by_one(left: Segments, right: Segments, i: int, j: int, sharpness: float) -> float:
    total = 0.0
    for p in range(left.starts[i], left.starts[i + 1]):
        for q in range(right.starts[j], right.starts[j + 1]):
            cosine = float(left.vectors[p].astype(float) @ right.vectors[q].astype(float))
            weight = float(left.weights[p]) * float(right.weights[q])
            total += weight * math.exp(sharpness * cosine)
    return math.log(total) / sharpness if total else -math.inf


COUNTS = st.lists(st.integers(0, 4), min_size=1, max_size=6)


@given(COUNTS, COUNTS, st.floats(0.5, 30), st.integers(0, 2**32 - 1), st.sampled_from([1, 4, 99]))
def test_the_block_is_what_a_loop_over_passages_gives_in_tiles_of_any_size(
    left_counts: list[int], right_counts: list[int], sharpness: float, seed: int, tile: int
) -> None:
    rng = np.random.default_rng(seed)
    left, right = segments(rng, left_counts), segments(rng, right_counts)
    rows = rng.permutation(len(left_counts))[: rng.integers(1, len(left_counts) + 1)]
    columns = rng.permutation(len(right_counts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(affinity_segments, "_ACROSS", tile)
        patch.setattr(affinity_segments, "_DOWN", tile)
        block = soft_best(left, right, rows, columns, sharpness)
    expected = [[one_by_one(left, right, i, j, sharpness) for j in columns] for i in rows]
    assert block.dtype == np.float32
    assert block.tolist() == [pytest.approx(row, abs=1e-4) for row in expected]


def block_of(sharpness: float) -> tuple[FloatMatrix, FloatMatrix]:
    rng = np.random.default_rng(3)
    left, right = segments(rng, [4]), segments(rng, [5])
    everybody = np.array([0])
    return soft_best(left, right, everybody, everybody, sharpness), cosines(left, right, 0, 0)


def test_it_lies_between_the_mean_and_the_best() -> None:
    gentle, pairs = block_of(0.01)
    sharp, _ = block_of(60)
    assert gentle[0, 0] == pytest.approx(pairs.mean(), abs=0.05)
    assert sharp[0, 0] == pytest.approx(pairs.max(), abs=0.08)
    assert gentle[0, 0] < block_of(8)[0][0, 0] < sharp[0, 0]


def test_nobody_asked_gives_an_empty_block() -> None:
    left = segments(np.random.default_rng(0), [2])
    nobody = np.zeros(0, np.int64)
    assert soft_best(left, left, nobody, np.array([0]), 8).shape == (0, 1)
    assert soft_best(left, left, np.array([0]), nobody, 8).shape == (1, 0)


def test_every_finite_half_precision_number_is_widened_to_itself() -> None:
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)]
    assert widened(finite).dtype == np.float32
    assert np.array_equal(widened(finite), finite.astype(np.float32))


def test_neighbours_and_people_from_all_over_get_the_same_scores() -> None:
    rng = np.random.default_rng(1)
    left, right = segments(rng, [2, 1, 3, 2]), segments(rng, [1, 2, 3])
    whole = soft_best(left, right, np.arange(4), np.arange(3), 12)
    some = soft_best(left, right, np.array([3, 0]), np.array([2, 0]), 12)
    assert some == pytest.approx(whole[np.ix_([3, 0], [2, 0])], abs=1e-6)
