import numpy as np

from matchmaking.pairing import Bounds, PairingProblem
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_task import Task, open_partners
from tests.matchmaking.pairing_instances import problem_of


def task_of(problem: PairingProblem) -> Task:
    return Task.of(problem, np.unique(problem.pinned, axis=0))


def test_pins_are_partners_that_everybody_already_has() -> None:
    problem = problem_of(
        np.array([[0.5, 0.25], [0.1, 0.2]]),
        Bounds.same(2, 1, 2),
        Bounds.same(2, 0, 1),
        pinned=np.array([[0, 1]]),
        worth=0.125,
    )
    task = task_of(problem)
    assert (task.left.least.tolist(), task.left.most.tolist()) == ([0, 1], [1, 2])
    assert (task.right.least.tolist(), task.right.most.tolist()) == ([0, 0], [1, 0])
    assert task.settled == 0.125
    assert task.allowed.excluded.pairs().tolist() == [[0, 1]]


def test_a_least_beyond_all_allowed_people_is_lowered_at_once() -> None:
    problem = problem_of(
        np.zeros((2, 3)),
        Bounds.same(2, 3, 5),
        Bounds(np.zeros(3, int), np.array([1, 1, 0])),
        forbidden=np.array([[0, 1]]),
        sealed=np.array([[1, 0]]),
    )
    assert task_of(problem).left.least.tolist() == [1, 1]


def test_open_partners_are_those_who_take_part_and_are_not_excluded() -> None:
    excluded = PairSet.of(np.array([[0, 0], [0, 1], [1, 2]]), (2, 3))
    left, right = open_partners(excluded, np.array([True, False]), np.array([True, True, False]))
    assert (left.tolist(), right.tolist()) == ([0, 2], [0, 0, 1])
