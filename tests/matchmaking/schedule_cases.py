"""Small schedules for property tests, and answers found by trying everything."""

from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from matchmaking.schedule import Schedule, ScheduleProblem
from matchmaking.schedule_problem import BoolArray
from matchmaking.scorers import IntArray

Draw = st.DrawFn


def everyone_free(
    meetings: list[tuple[int, int]], slots: int, tables: list[int] | None = None
) -> ScheduleProblem:
    """Give a problem in which only meetings, slots and tables matter."""
    pairs = np.array(meetings, int).reshape(-1, 2)
    people = int(pairs.max(initial=-1)) + 1
    free = np.ones((people, slots), bool)
    return ScheduleProblem(pairs, free, free, None if tables is None else np.array(tables))


def free(*rows: str) -> BoolArray:
    """Read windows drawn as text: one row a person, one sign a slot, `x` is free."""
    return np.array([[sign == "x" for sign in row] for row in rows])


@st.composite
def pairs(draw: Draw, most: int = 7, people: int = 4) -> IntArray:
    person = st.integers(0, people - 1)
    drawn = draw(st.lists(st.tuples(person, person), max_size=most))
    return np.array(drawn, int).reshape(-1, 2)


@st.composite
def windowed(draw: Draw, most: int = 7, slots: int = 4) -> ScheduleProblem:
    """Draw up to `most` meetings of 4 x 4 people with windows, tables and sometimes worths."""
    meetings = draw(pairs(most))
    width = draw(st.integers(1, slots))
    grid = st.lists(st.booleans(), min_size=4 * width, max_size=4 * width)
    left, right = (np.array(draw(grid)).reshape(4, width) for _ in range(2))
    tables = draw(st.none() | st.lists(st.integers(0, 3), min_size=width, max_size=width))
    worth = draw(
        st.none() | st.lists(st.integers(1, 4), min_size=len(meetings), max_size=len(meetings))
    )
    return ScheduleProblem(
        meetings,
        left,
        right,
        None if tables is None else np.array(tables),
        None,
        None if worth is None else np.array(worth, int),
    )


def random_problem(
    seed: int, meetings: int, people: tuple[int, int], slots: int, share: float, tables: int
) -> ScheduleProblem:
    """Give a problem of a realistic kind: windows at random, so many tables in each slot."""
    rng = np.random.default_rng(seed)
    n, m = people
    cells = rng.choice(n * m, meetings, replace=False)
    return ScheduleProblem(
        np.column_stack((cells // m, cells % m)),
        rng.random((n, slots)) < share,
        rng.random((m, slots)) < share,
        np.full(slots, tables),
    )


def every_schedule(problem: ScheduleProblem) -> Iterator[list[int]]:
    """Try everything: each list of slots (-1: none) that breaks no rule."""
    yield from _continued(problem, [])


def _continued(problem: ScheduleProblem, begun: list[int]) -> Iterator[list[int]]:
    meeting = len(begun)
    if meeting == len(problem.meetings):
        yield list(begun)
        return
    pin = int(problem.pins[meeting])
    choices = range(-1, problem.shape[2]) if pin < 0 else [pin]
    for slot in choices:
        if slot < 0 or _allowed(problem, begun, slot):
            yield from _continued(problem, [*begun, slot])


def _allowed(problem: ScheduleProblem, begun: list[int], slot: int) -> bool:
    left, right = problem.meetings[len(begun)]
    if not (problem.left_free[left, slot] and problem.right_free[right, slot]):
        return False
    there = [meeting for meeting, other in enumerate(begun) if other == slot]
    if len(there) >= problem.limits[slot]:
        return False
    return all(
        problem.left[meeting] != left and problem.right[meeting] != right for meeting in there
    )


def worth_of(problem: ScheduleProblem, slots: list[int]) -> int:
    return sum(int(worth) for worth, slot in zip(problem.worths, slots, strict=True) if slot >= 0)


def most_worth(problem: ScheduleProblem) -> int:
    return max(worth_of(problem, slots) for slots in every_schedule(problem))


def assert_holds(problem: ScheduleProblem, schedule: Schedule) -> None:
    """Check every rule there is on a schedule, without asking the code under test."""
    placed = [
        (int(left), int(right), int(slot), int(table))
        for (left, right), slot, table in zip(
            problem.meetings, schedule.slot, schedule.table, strict=True
        )
        if slot >= 0
    ]
    assert len({(left, slot) for left, _, slot, _ in placed}) == len(placed)
    assert len({(right, slot) for _, right, slot, _ in placed}) == len(placed)
    assert len({(slot, table) for _, _, slot, table in placed}) == len(placed)
    assert all(0 <= table < problem.limits[slot] for _, _, slot, table in placed)
    assert all(problem.left_free[left, slot] for left, _, slot, _ in placed)
    assert all(problem.right_free[right, slot] for _, right, slot, _ in placed)
    pinned = problem.pins >= 0
    assert (schedule.slot[pinned] == problem.pins[pinned]).all()
    without = np.flatnonzero(schedule.slot < 0).tolist()
    assert [stuck.meeting for stuck in schedule.unplaced] == without
    assert (schedule.table[without] == -1).all()
    assert schedule.value == worth_of(problem, schedule.slot.tolist()) <= schedule.bound
