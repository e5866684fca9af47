"""The landscape keeps alike people near each other and repeats itself exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matchmaking.errors import BadInput
from matchmaking.landscape import project

POINTS = arrays(np.float32, (7, 5), elements=st.floats(-1, 1, width=32))


@given(POINTS)
def test_everybody_stands_inside_the_square(vectors: np.ndarray) -> None:
    plane = project(vectors)
    assert plane.shape == (7, 2)
    assert ((plane >= 0) & (plane <= 1)).all()


@given(POINTS)
def test_the_same_people_give_the_same_picture(vectors: np.ndarray) -> None:
    assert (project(vectors) == project(vectors.copy())).all()


def test_two_groups_stay_apart() -> None:
    rng = np.random.default_rng(0)
    centre = np.zeros(16, np.float32)
    centre[0] = 4
    first = rng.normal(0, 0.1, (20, 16)).astype(np.float32)
    plane = project(np.vstack([first, first + centre]))
    gap = np.abs(plane[:20].mean(axis=0) - plane[20:].mean(axis=0)).max()
    spread = max(plane[:20].std(axis=0)[0], plane[20:].std(axis=0)[0])
    assert gap > 4 * spread


@pytest.mark.parametrize("count", [0, 1])
def test_a_lone_person_stands_in_the_middle(count: int) -> None:
    assert (project(np.ones((count, 4), np.float32)) == 0.5).all()


def test_people_who_are_all_alike_stand_in_the_middle() -> None:
    assert (project(np.ones((5, 4), np.float32)) == 0.5).all()


def test_numbers_that_are_not_finite_are_refused() -> None:
    with pytest.raises(BadInput, match="finite"):
        project(np.array([[np.nan, 1.0], [0.0, 1.0]], np.float32))
