"""Tables: one meeting each, and people stay where they sit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.schedule import ScheduleProblem, schedule
from matchmaking.schedule_tables import tables_of
from tests.matchmaking.schedule_cases import everyone_free, windowed


def tables(
    meetings: list[tuple[int, int]],
    slots: list[int],
    limits: list[int],
    wanted: list[int] | None = None,
) -> list[int]:
    problem = everyone_free(meetings, slots=len(limits), tables=limits)
    wishes = None if wanted is None else np.array(wanted)
    found: list[int] = tables_of(problem, np.array(slots), wishes).tolist()
    return found


def test_a_left_person_keeps_the_table_while_guests_come_and_go() -> None:
    assert tables([(0, 0), (0, 1), (0, 2)], [0, 1, 2], [9, 9, 9]) == [0, 0, 0]


def test_who_comes_later_gets_a_table_nobody_calls_theirs() -> None:
    # person 1 starts in slot 1, when person 0 rests: table 0 is idle, but 0 comes back in slot 2
    meetings = [(0, 0), (1, 1), (0, 1), (1, 0)]
    assert tables(meetings, [0, 1, 2, 2], [2, 2, 2]) == [0, 1, 0, 1]


def test_when_the_left_table_is_gone_the_right_person_s_is_taken() -> None:
    # both left people sat at table 0; in slot 2 one of them follows the guest's table
    meetings = [(0, 0), (1, 1), (2, 2), (0, 1), (2, 0)]
    seated = tables(meetings, [0, 0, 1, 2, 2], [2, 1, 2])
    assert seated[:3] == [0, 1, 0]
    assert sorted(seated[3:]) == [0, 1]


def test_the_table_wanted_is_kept() -> None:
    assert tables([(0, 0), (1, 1)], [0, 0], [5], wanted=[4, 2]) == [4, 2]


def test_a_wanted_table_that_is_no_longer_there_is_replaced() -> None:
    assert tables([(0, 0), (1, 1)], [0, 0], [2], wanted=[4, -1]) == [0, 1]


def test_two_who_want_one_table_do_not_both_get_it() -> None:
    assert sorted(tables([(0, 0), (1, 1)], [0, 0], [2], wanted=[1, 1])) == [0, 1]


def test_a_meeting_without_a_slot_has_no_table() -> None:
    assert tables([(0, 0), (1, 1)], [-1, 0], [1]) == [-1, 0]


def test_with_a_table_for_every_left_person_nobody_on_the_left_ever_moves() -> None:
    rng = np.random.default_rng(0)
    cells = rng.choice(20 * 30, 150, replace=False)
    problem = ScheduleProblem(
        np.column_stack((cells // 30, cells % 30)),
        np.ones((20, 30), bool),
        np.ones((30, 30), bool),
        np.full(30, 20),
    )
    result = schedule(problem)
    assert result.placed == 150
    for person in range(20):
        assert len(set(result.table[problem.left == person].tolist())) <= 1


@given(windowed(most=12), st.lists(st.integers(-1, 4), min_size=12, max_size=12))
def test_no_table_is_given_twice_or_beyond_those_there_are(
    problem: ScheduleProblem, wishes: list[int]
) -> None:
    slots = schedule(problem).slot
    wanted = np.array(wishes[: len(slots)], int)
    given_tables = tables_of(problem, slots, wanted)
    placed = np.flatnonzero(slots >= 0)
    seats = set(zip(slots[placed].tolist(), given_tables[placed].tolist(), strict=True))
    assert len(seats) == len(placed)
    assert (given_tables[placed] >= 0).all()
    assert (given_tables[placed] < problem.limits[slots[placed]]).all()
    assert (given_tables[slots < 0] == -1).all()
