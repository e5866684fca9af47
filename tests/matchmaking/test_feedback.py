"""A person's own experience moves their list: a little, evenly, and nobody else's."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.errors import BadInput
from matchmaking.feedback import (
    EACH,
    MOST,
    Learned,
    Lesson,
    closeness,
    learn,
    liking_of_meeting,
    liking_of_pass,
)
from tests.matchmaking.people import FLAT, person, random_side, side

likings = st.lists(st.floats(-1, 1), min_size=1, max_size=30)


def _learn(given: list[float], seed: int = 0) -> Learned:
    """Let somebody have experiences, with these likings, of random people."""
    rng = np.random.default_rng(seed)
    known, people = random_side(rng, len(given), "k"), random_side(rng, 12, "p")
    lessons = [Lesson(place, liking) for place, liking in enumerate(given)]
    return learn(lessons, known, people, np.arange(12), FLAT)


KNOWN = side(person("liked", work=[[1, 0, 0]]), person("passed", work=[[0, 1, 0]]))
PEOPLE = side(
    person("like the liked", work=[[0.9, 0.1, 0]]),
    person("like the passed", work=[[0.1, 0.9, 0]]),
    person("like neither", work=[[0, 0, 1]]),
    person("says nothing"),
)
ALL = np.arange(4)


def test_who_is_like_somebody_liked_goes_up_and_like_somebody_passed_goes_down() -> None:
    found = learn([Lesson(0, 1.0), Lesson(1, -1.0)], KNOWN, PEOPLE, ALL, FLAT)
    assert found.shift[0] > 0 > found.shift[1]
    assert list(found.shift[2:]) == [0, 0]
    assert list(found.cause) == [0, 1, -1, -1]


def test_a_korean_text_is_as_near_as_an_english_one() -> None:
    korean = side(person("a", korean_work=[[1, 0, 0]]))
    one, both = np.array([0]), np.array([0, 1])
    near = closeness((korean, one), (KNOWN, both), FLAT)
    assert near.tolist() == [[1.0, 0.0]]
    assert np.array_equal(closeness((KNOWN, both), (korean, one), FLAT), near.T)


def test_the_mean_of_what_somebody_writes_counts_not_one_text_alone() -> None:
    wide = side(person("wide", work=[[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    found = learn([Lesson(0, 1.0)], KNOWN, wide, np.array([0]), FLAT)
    whole = learn([Lesson(0, 1.0)], KNOWN, PEOPLE, np.array([0]), FLAT)
    assert found.shift[0] <= whole.shift[0]


@given(likings, st.integers(0, 50))
def test_no_shift_reaches_the_bound_and_one_lesson_moves_less(
    given: list[float], seed: int
) -> None:
    assert np.abs(_learn(given, seed).shift).max() <= MOST
    assert np.abs(_learn(given[:1], seed).shift).max() <= EACH + 1e-6


@given(likings, st.integers(0, 50))
def test_turning_every_lesson_round_turns_the_shift_round(given: list[float], seed: int) -> None:
    turned = _learn([-liking for liking in given], seed)
    assert np.allclose(turned.shift, -_learn(given, seed).shift, atol=1e-6)


@given(likings, st.integers(0, 50))
def test_one_more_liking_lowers_nobody(given: list[float], seed: int) -> None:
    less, more = [*given, 0.0], [*given, 1.0]
    assert (_learn(more, seed).shift >= _learn(less, seed).shift - 1e-6).all()


@given(likings, st.integers(0, 50))
def test_the_cause_is_a_lesson_that_points_where_somebody_went(
    given: list[float], seed: int
) -> None:
    found = _learn(given, seed)
    for shift, cause in zip(found.shift, found.cause, strict=True):
        assert (cause == -1) == (shift == 0)
        if cause >= 0:
            assert np.sign(given[cause]) == np.sign(shift)


def test_without_a_lesson_nobody_is_moved() -> None:
    found = learn([], KNOWN, PEOPLE, ALL, FLAT)
    assert not found.shift.any()
    assert (found.cause == -1).all()
    assert len(learn([Lesson(0, 1.0)], KNOWN, PEOPLE, ALL[:0], FLAT).shift) == 0


def test_only_those_among_whom_is_looked_are_moved_and_in_their_order() -> None:
    whole = learn([Lesson(0, 1.0)], KNOWN, PEOPLE, ALL, FLAT)
    part = learn([Lesson(0, 1.0)], KNOWN, PEOPLE, np.array([2, 0]), FLAT)
    assert part.shift.tolist() == [whole.shift[2], whole.shift[0]]


def test_a_lesson_about_nobody_or_beyond_all_measure_is_refused() -> None:
    with pytest.raises(BadInput):
        learn([Lesson(2, 1.0)], KNOWN, PEOPLE, ALL, FLAT)
    for liking in (1.1, -2.0, nan):
        with pytest.raises(BadInput):
            Lesson(0, liking)


def test_a_reason_says_how_much_the_work_was_disliked() -> None:
    assert liking_of_pass("too-far") < liking_of_pass("not-now") == liking_of_pass(None) < 0
    assert liking_of_pass("known") == 0


def test_a_meeting_counts_by_how_useful_it_was() -> None:
    ratings = [liking_of_meeting(useful) for useful in (1, 2, 3, 4)]
    assert ratings == sorted(ratings)
    assert ratings[0] == -ratings[3]
    assert 0 < liking_of_meeting(None) < ratings[3]
