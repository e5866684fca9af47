"""A schedule in the making never doubles anybody."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.schedule import ScheduleProblem
from matchmaking.schedule_board import EMPTY, Board, filled, greedy_order
from matchmaking.schedule_openings import Openings
from tests.matchmaking.schedule_cases import everyone_free, free, windowed


def openings(problem: ScheduleProblem) -> Openings:
    return Openings.of(problem, np.repeat(problem.worths[:, None], problem.shape[2], axis=1))


def test_openings_are_where_both_are_free_and_a_table_is_left() -> None:
    problem = ScheduleProblem(
        np.array([[0, 0]]), free("xxx."), free(".xxx"), np.array([1, 1, 0, 1])
    )
    assert openings(problem).slot.tolist() == [1]


def test_pinned_meetings_take_their_people_and_their_table_away() -> None:
    everywhere = np.ones((2, 3), bool)
    meetings = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    pinned = ScheduleProblem(
        meetings, everywhere, everywhere, np.array([2, 1, 1]), np.array([0, 1, -1, -1])
    )
    found = openings(pinned)
    places = list(zip(found.meeting.tolist(), found.slot.tolist(), strict=True))
    assert places == [(2, 2), (3, 0), (3, 2)]
    assert found.tables.tolist() == [1, 0, 1]


def test_only_rows_that_can_bind_are_kept() -> None:
    alone = openings(everyone_free([(0, 0)], slots=1))
    assert alone.rows.shape == (0, 1)
    crowded = openings(everyone_free([(0, 0), (0, 1)], slots=1, tables=[2]))
    assert crowded.rows.toarray().tolist() == [[1, 1]]
    assert crowded.limits.tolist() == [1]


def test_who_has_the_fewest_openings_comes_first() -> None:
    problem = ScheduleProblem(np.array([[0, 0], [1, 0]]), free("xx", "x."), free("xx"))
    found = openings(problem)
    assert filled(found, (greedy_order(found),)).slot_of == [1, 0]


def test_of_equally_constrained_meetings_the_more_valuable_comes_first() -> None:
    problem = ScheduleProblem(
        np.array([[0, 0], [1, 0]]), free("x", "x"), free("x"), worth=np.array([1, 5])
    )
    found = openings(problem)
    board = filled(found, (greedy_order(found),))
    assert (board.slot_of, board.value) == ([EMPTY, 0], 5)


@given(windowed(most=12), st.lists(st.integers(0, 10**6), max_size=40))
def test_whatever_is_put_and_lifted_the_board_stays_in_step(
    problem: ScheduleProblem, moves: list[int]
) -> None:
    found = openings(problem)
    board = Board(found)
    for move in moves:
        if not len(found.value):
            break
        opening = move % len(found.value)
        meeting, slot = int(found.meeting[opening]), int(found.slot[opening])
        if board.slot_of[meeting] != EMPTY:
            board.lift(meeting)
        elif board.fits(meeting, slot):
            board.put(meeting, slot, int(found.value[opening]))
        assert_in_step(problem, board)


def assert_in_step(problem: ScheduleProblem, board: Board) -> None:
    slots = problem.shape[2]
    held = {meeting: slot for meeting, slot in enumerate(board.slot_of) if slot != EMPTY}
    for side, cells in ((problem.left, board.at_left), (problem.right, board.at_right)):
        taken = {int(side[meeting]) * slots + slot: meeting for meeting, slot in held.items()}
        assert len(taken) == len(held)
        assert {cell: m for cell, m in enumerate(cells) if m != EMPTY} == taken
    for slot, members in enumerate(board.in_slot):
        assert sorted(members) == [meeting for meeting, at in held.items() if at == slot]
        assert len(members) <= problem.limits[slot]
    assert board.value == sum(int(problem.worths[meeting]) for meeting in held)
    assert board.value == sum(board.held)


@given(windowed(most=12))
def test_the_ceiling_is_what_meetings_are_worth_that_could_each_be_alone(
    problem: ScheduleProblem,
) -> None:
    found = openings(problem)
    alone = problem.both_free & (problem.limits > 0)
    assert found.ceiling == int(problem.worths[alone.any(axis=1)].sum())
