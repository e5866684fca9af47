"""The landscape keeps alike people near each other and repeats itself exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matchmaking.errors import BadInput
from matchmaking.landscape import neighbours_across, project

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


PLACES = arrays(np.float32, (6, 2), elements=st.floats(0, 1, width=32))


@given(PLACES, PLACES)
def test_everybody_is_joined_to_a_nearest_person_of_the_other_side(
    left: np.ndarray, right: np.ndarray
) -> None:
    pairs = neighbours_across(left, right)
    apart = ((left[:, None] - right[None]) ** 2).sum(axis=2)

    assert pairs == sorted(set(pairs))
    assert {one for one, _ in pairs} == set(range(6))
    assert {other for _, other in pairs} == set(range(6))
    for one, other in pairs:
        assert apart[one, other] in (apart[one].min(), apart[:, other].min())


def test_a_side_without_people_is_joined_to_nobody() -> None:
    nobody, somebody = np.zeros((0, 2), np.float32), np.ones((3, 2), np.float32)

    assert neighbours_across(nobody, somebody) == []
    assert neighbours_across(somebody, nobody) == []


def test_places_must_lie_in_a_plane() -> None:
    with pytest.raises(BadInput, match=r"\(n, 2\)"):
        neighbours_across(np.zeros((2, 3), np.float32), np.zeros((2, 2), np.float32))
