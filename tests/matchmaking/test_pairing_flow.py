import numpy as np
import pytest
from hypothesis import given, settings

from matchmaking.pairing import Bounds, PairingProblem
from matchmaking.pairing_flow import Network, solve_flow
from tests.matchmaking.pairing_instances import answer_by_trying, matrix, problems


def network_of(values: list[list[int]], left: Bounds, right: Bounds, penalty: int = 99) -> Network:
    pairs = np.argwhere(np.ones((len(values), len(values[0])))).astype(np.int32)
    return Network(
        pairs[:, 0], pairs[:, 1], np.array(values, np.int64).ravel(), left, right, penalty
    )


def test_the_largest_value_is_chosen_within_the_bounds() -> None:
    network = network_of([[9, 8], [7, 1]], Bounds.same(2, 0, 1), Bounds.same(2, 0, 1))
    flow = solve_flow(network)
    assert flow.chosen.tolist() == [False, True, True, False]
    assert flow.shortfall == 0


def test_what_is_worth_less_than_nothing_is_chosen_for_a_minimum_only() -> None:
    values = [[-3, -5]]
    assert not solve_flow(
        network_of(values, Bounds.same(1, 0, 2), Bounds.same(2, 0, 1))
    ).chosen.any()
    forced = solve_flow(network_of(values, Bounds.same(1, 1, 2), Bounds.same(2, 0, 1)))
    assert forced.chosen.tolist() == [True, False]


def test_who_cannot_be_served_is_told_on_either_side() -> None:
    flow = solve_flow(network_of([[1]], Bounds.same(1, 3, 3), Bounds.same(1, 2, 2)))
    assert (flow.short_left.tolist(), flow.short_right.tolist()) == ([2], [1])
    assert flow.shortfall == 3


def test_numbers_too_large_for_the_solver_are_not_passed_over() -> None:
    with pytest.raises(RuntimeError, match="status"):
        solve_flow(network_of([[2**61]], Bounds.same(1, 0, 1), Bounds.same(1, 0, 1)))


@settings(max_examples=30)
@given(problem=problems(largest=4))
def test_values_and_penalties_add_up_to_the_optimum(problem: PairingProblem) -> None:
    """Without exclusions and pins, against trying every set."""
    bare = PairingProblem(problem.scorer, problem.left, problem.right)
    n, m = bare.shape
    pairs = np.argwhere(np.ones((n, m))).astype(np.int32)
    values = np.rint(matrix(bare) * 10**6).astype(np.int64).ravel()
    network = Network(pairs[:, 0], pairs[:, 1], values, bare.left, bare.right, 10**9)
    flow, truth = solve_flow(network), answer_by_trying(bare)
    assert flow.shortfall == truth.missing
    assert values[flow.chosen].sum() == pytest.approx(truth.total * 10**6, abs=n * m)
