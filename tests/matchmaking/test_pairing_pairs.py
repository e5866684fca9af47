import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.pairing_pairs import PairSet, without_doubles

SHAPE = (5, 7)
PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=30)


def taken(pairs: list[tuple[int, int]]) -> PairSet:
    return PairSet.of(np.array(pairs, np.int32).reshape(-1, 2), SHAPE)


@given(PAIRS)
def test_a_set_gives_back_its_pairs_sorted_and_once(pairs: list[tuple[int, int]]) -> None:
    pair_set = taken(pairs)
    assert [tuple(pair) for pair in pair_set.pairs().tolist()] == sorted(set(pairs))
    assert (len(pair_set), pair_set.height) == (len(set(pairs)), 5)


@given(PAIRS, PAIRS)
def test_a_set_knows_what_it_holds(
    pairs: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> None:
    found = taken(pairs).holds(np.array(asked, np.int32).reshape(-1, 2))
    assert found.tolist() == [pair in pairs for pair in asked]


@given(PAIRS)
def test_rows_can_be_read_one_at_a_time_or_many(pairs: list[tuple[int, int]]) -> None:
    pair_set = taken(pairs)
    rows, columns = pair_set.within(1, 4)
    inside = sorted({(i, j) for i, j in pairs if 1 <= i < 4})
    assert list(zip((rows + 1).tolist(), columns.tolist(), strict=True)) == inside
    assert pair_set.row(2).tolist() == [j for i, j in inside if i == 2]


@given(PAIRS, st.sets(st.integers(0, 4)), st.sets(st.integers(0, 6)))
def test_some_people_keep_their_pairs_under_new_numbers(
    pairs: list[tuple[int, int]], rows: set[int], columns: set[int]
) -> None:
    here, there = sorted(rows), sorted(columns)
    some = taken(pairs).among(np.array(here, np.int64), np.array(there, np.int64))
    assert (some.height, some.width) == (len(here), len(there))
    kept = {(i, j) for i, j in pairs if i in rows and j in columns}
    assert {(here[i], there[j]) for i, j in some.pairs().tolist()} == kept


@pytest.mark.parametrize("numbers", [[], [3], [5, 1, 5, 5, 2]])
def test_doubles_are_dropped(numbers: list[int]) -> None:
    assert without_doubles(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))
