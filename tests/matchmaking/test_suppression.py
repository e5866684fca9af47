"""Counts of small groups stay untold, also to a reader who adds and subtracts."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from matchmaking.suppression import LEAST, Cell, Count, Row, Sum, untold

PARTS = {"met": "registered", "useful": "met", "funded": "met"}
COLUMNS = ("registered", *PARTS)
ALL: Row = ("all",)
Numbers = Mapping[Row, tuple[int, int, int, int]]


def table(numbers: Numbers) -> dict[Row, dict[str, Count]]:
    return {
        row: {name: Count(n, n) for name, n in zip(COLUMNS, some, strict=True)}
        for row, some in numbers.items()
    }


def whole(numbers: Numbers) -> dict[Row, dict[str, Count]]:
    """Make a table of groups and of everybody."""
    columns = zip(*numbers.values(), strict=True)
    everybody = tuple(sum(column) for column in columns)
    return table({ALL: everybody, **numbers})


def hidden(numbers: Numbers) -> frozenset[Cell]:
    return untold(whole(numbers), PARTS, [Sum(ALL, tuple(numbers))])


def test_large_groups_are_told_whole() -> None:
    assert hidden({("a",): (20, 15, 10, 6), ("b",): (30, 20, 15, 9)}) == frozenset()


def test_a_small_group_is_not_told_and_neither_is_the_one_that_would_give_it_away() -> None:
    found = hidden({("a",): (20, 15, 10, 6), ("b",): (30, 20, 15, 9), ("c",): (30, 20, 15, 3)})
    assert found == {(("c",), "funded"), (("a",), "funded")}


def test_what_is_a_part_of_an_untold_count_is_untold() -> None:
    found = hidden({("a",): (20, 4, 2, 1), ("b",): (30, 20, 15, 9), ("c",): (30, 20, 15, 9)})
    assert {(("a",), name) for name in ("met", "useful", "funded")} <= found
    assert (("a",), "registered") not in found


def test_two_small_groups_do_not_protect_each_other_when_their_sum_is_small() -> None:
    """Of two groups that share two people, each would be known to be one or so."""
    found = hidden({("a",): (9, 9, 9, 1), ("b",): (9, 9, 9, 1), ("c",): (9, 9, 9, 8)})
    assert {row for row, name in found if name == "funded"} == {("a",), ("b",), ("c",)}


def test_where_only_the_total_is_left_the_total_is_untold() -> None:
    found = hidden({("a",): (9, 9, 9, 1), ("b",): (9, 9, 9, 0)})
    assert (ALL, "funded") in found


def test_where_nothing_happened_nought_is_told_beside_a_group_that_is_told() -> None:
    assert hidden({("a",): (20, 15, 10, 0), ("b",): (30, 20, 15, 9)}) == frozenset()
    assert (("a",), "funded") in hidden({("a",): (20, 3, 0, 0), ("b",): (30, 20, 15, 9)})


def test_a_count_of_many_by_few_people_is_untold() -> None:
    counts = {("a",): {"n": Count(12, 2)}, ("b",): {"n": Count(40, 30)}, ALL: {"n": Count(52, 32)}}
    assert (("a",), "n") in untold(counts, {}, [Sum(ALL, (("a",), ("b",)))])


def test_a_total_of_totals_does_not_give_a_group_away() -> None:
    """One side is told by its countries, so the other side is, so its one untold country is."""
    counts = {
        ALL: {"n": Count(53, 53)},
        ("left",): {"n": Count(23, 23)},
        ("right",): {"n": Count(30, 30)},
        ("de",): {"n": Count(20, 20)},
        ("fr",): {"n": Count(3, 3)},
        ("kr",): {"n": Count(30, 30)},
    }
    sums = [
        Sum(ALL, (("left",), ("right",))),
        Sum(("left",), (("de",), ("fr",))),
        Sum(("right",), (("kr",),)),
    ]
    found = untold(counts, {}, sums)
    assert {(("fr",), "n"), (("de",), "n")} <= found
    assert_safe(counts, {}, sums, found)


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[Row, dict[str, Count]], list[Sum]]:
    """Make a forum of two sides with countries, and with career stages across them."""
    numbers: dict[Row, tuple[int, ...]] = {}
    sums = []
    for side in ("left", "right"):
        rows = [("country", side, str(n)) for n in range(draw(st.integers(1, 4)))]
        for row in rows:
            numbers[row] = draw(group())
        numbers["side", side] = added(numbers, rows)
        sums.append(Sum(("side", side), tuple(rows)))
    sides: list[Row] = [("side", "left"), ("side", "right")]
    numbers[ALL] = added(numbers, sides)
    sums.append(Sum(ALL, tuple(sides)))
    stages = split(draw, numbers[ALL])
    numbers |= stages
    sums.append(Sum(ALL, tuple(stages)))
    return table(numbers), sums  # type: ignore[arg-type]


@st.composite
def group(draw: st.DrawFn) -> tuple[int, ...]:
    first = draw(st.integers(0, 30))
    second = draw(st.integers(0, first))
    return first, second, draw(st.integers(0, second)), draw(st.integers(0, second))


def added(numbers: Mapping[Row, tuple[int, ...]], rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*(numbers[row] for row in rows), strict=True))


def split(draw: st.DrawFn, everybody: tuple[int, ...]) -> dict[Row, tuple[int, ...]]:
    """Share everybody out to two stages, so that a part stays a part."""
    registered, met, useful, funded = everybody
    one_met = draw(st.integers(0, met))
    low, high = one_met, registered - (met - one_met)
    one = draw(st.integers(low, high))
    bounds = [(max(0, n - (met - one_met)), min(n, one_met)) for n in (useful, funded)]
    first = (one, one_met, *(draw(st.integers(a, b)) for a, b in bounds))
    second = tuple(a - b for a, b in zip(everybody, first, strict=True))
    return {("career", "a"): first, ("career", "b"): second}


def assert_safe(
    counts: Mapping[Row, Mapping[str, Count]],
    parts_of: Mapping[str, str],
    sums: Sequence[Sum],
    found: frozenset[Cell],
) -> None:
    """Solve for the least and the most of every sensitive count, knowing all that is told."""
    cells = [(row, column) for row, some in counts.items() for column in some]
    place = {cell: number for number, cell in enumerate(cells)}
    columns = {column for _, column in cells}
    equal, less = [], []
    for one in sums:
        for column in columns:
            line = np.zeros(len(cells))
            line[place[one.whole, column]] = -1
            for part in one.parts:
                line[place[part, column]] += 1
            equal.append(line)
    for row in counts:
        for small, large in parts_of.items():
            line = np.zeros(len(cells))
            line[place[row, small]], line[place[row, large]] = 1, -1
            less.append(line)
    bounds = [(0, None) if c in found else (counts[c[0]][c[1]].value,) * 2 for c in cells]
    known: dict[str, Any] = {
        "A_eq": np.array(equal),
        "b_eq": np.zeros(len(equal)),
        "bounds": bounds,
    }
    if less:
        known |= {"A_ub": np.array(less), "b_ub": np.zeros(len(less))}
    for cell in cells:
        if not 0 < counts[cell[0]][cell[1]].people < LEAST:
            continue
        assert cell in found
        aim = np.zeros(len(cells))
        aim[place[cell]] = 1
        low = linprog(aim, **known)
        high = linprog(-aim, **known)
        least = low.fun
        most = -high.fun if high.status == 0 else np.inf
        assert most - least >= LEAST - 1 - 1e-6, (cell, least, most)


@settings(max_examples=20, deadline=None)
@given(tables())
def test_nobody_who_solves_for_it_learns_a_small_count(
    made: tuple[dict[Row, dict[str, Count]], list[Sum]],
) -> None:
    counts, sums = made
    found = untold(counts, PARTS, sums)
    assert_safe(counts, PARTS, sums, found)
