"""Everybody is free: slots are the colours of a bipartite graph's edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.schedule_colouring import Colouring, within_tables
from matchmaking.scorers import IntArray
from tests.matchmaking.schedule_cases import pairs


def busiest(meetings: IntArray) -> int:
    return max(int(np.bincount(side, minlength=1).max()) for side in meetings.T)


def coloured(meetings: IntArray, colours: int | None = None) -> Colouring:
    people = int(meetings.max(initial=0)) + 1
    return Colouring(meetings, (people, people), colours or busiest(meetings))


def assert_proper(meetings: IntArray, colouring: Colouring) -> None:
    for side in meetings.T.tolist():
        met = list(zip(side, colouring.colour, strict=True))
        assert len(set(met)) == len(met)
    counts = np.bincount(np.array(colouring.colour, int), minlength=len(colouring.sizes))
    assert counts.tolist() == colouring.sizes


@given(pairs(most=40, people=7))
def test_as_many_colours_as_the_busiest_person_has_meetings_are_enough(meetings: IntArray) -> None:
    colouring = coloured(meetings)
    assert set(colouring.colour) <= set(range(busiest(meetings)))
    assert_proper(meetings, colouring)


def test_nobody_meets_and_no_colour_is_needed() -> None:
    assert coloured(np.zeros((0, 2), int)).colour == []


@given(pairs(most=40, people=7), st.integers(0, 4))
def test_equal_tables_are_always_enough_if_they_are_enough_at_all(
    meetings: IntArray, spare: int
) -> None:
    colours = max(busiest(meetings) + spare, 1)
    tables = -(-len(meetings) // colours)
    colouring = coloured(meetings, colours)
    slots = within_tables(colouring, [tables] * colours)
    assert slots is not None
    assert sorted(slots) == list(range(colours))
    assert max(colouring.sizes) <= tables
    assert_proper(meetings, colouring)


@given(
    pairs(most=30, people=6),
    st.lists(st.integers(0, 8), min_size=8, max_size=8),
)
def test_unequal_tables_are_never_overrun(meetings: IntArray, tables: list[int]) -> None:
    colouring = coloured(meetings, max(busiest(meetings), 8))
    limits = (tables * 4)[: len(colouring.sizes)]
    slots = within_tables(colouring, limits)
    assert_proper(meetings, colouring)
    if slots is not None:
        sizes = colouring.sizes
        assert all(limits[slot] >= size for slot, size in zip(slots, sizes, strict=True))


def test_colours_become_as_unequal_as_the_tables_need() -> None:
    meetings = np.array([[0, 0], [1, 1], [2, 2], [0, 1]])
    colouring = coloured(meetings, 2)
    slots = within_tables(colouring, [1, 3])
    assert slots is not None
    assert [colouring.sizes[slots.index(slot)] for slot in (0, 1)] == [1, 3]
    assert_proper(meetings, colouring)


def test_too_few_tables_are_told_as_none() -> None:
    meetings = np.array([[0, 0], [1, 1], [2, 2]])
    assert within_tables(coloured(meetings, 2), [1, 1]) is None


@pytest.mark.parametrize("most", [1, 2, 10])
def test_a_shift_moves_no_more_than_it_may(most: int) -> None:
    meetings = np.array([[person, person] for person in range(6)])
    colouring = coloured(meetings, 2)
    colouring.shift(0, 1, 10)
    before = list(colouring.sizes)
    moved = colouring.shift(1, 0, most)
    assert moved == min(most, before[1])
    assert colouring.sizes == [before[0] + moved, before[1] - moved]
    assert_proper(meetings, colouring)


def test_a_shift_takes_a_whole_alternating_path_along() -> None:
    # in two colours this path of three alternates: two of one, one of the other
    meetings = np.array([[0, 0], [1, 0], [1, 1]])
    colouring = coloured(meetings, 2)
    larger = int(colouring.sizes[1] > colouring.sizes[0])
    assert colouring.shift(larger, 1 - larger, 1) == 1
    assert colouring.sizes[1 - larger] == 2
    assert_proper(meetings, colouring)


@pytest.mark.parametrize("seed", range(3))
def test_five_meetings_each_take_five_colours_where_first_fit_takes_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rounds = [np.column_stack((np.arange(1000), rng.permutation(1000))) for _ in range(5)]
    meetings = rng.permutation(np.concatenate(rounds))
    colouring = Colouring(meetings, (1000, 1000), 5)
    assert_proper(meetings, colouring)
    assert first_fit(meetings) > 5


def first_fit(meetings: IntArray) -> int:
    """Count the colours when each meeting takes the first one that both people have left."""
    taken: set[tuple[int, int, int]] = set()
    most = 0
    for left, right in meetings.tolist():
        colour = 0
        while (0, left, colour) in taken or (1, right, colour) in taken:
            colour += 1
        taken |= {(0, left, colour), (1, right, colour)}
        most = max(most, colour + 1)
    return most
