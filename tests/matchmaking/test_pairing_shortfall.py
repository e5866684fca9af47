import numpy as np
from hypothesis import given, settings

from matchmaking.pairing import Bounds, PairingProblem
from matchmaking.pairing_flow import Network, solve_flow
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_prices import Prices, extreme_prices
from matchmaking.pairing_shortfall import least_shortfall
from matchmaking.pairing_task import Task
from matchmaking.pairing_tiles import AllowedValues
from matchmaking.scorers import DenseScorer
from tests.matchmaking.pairing_instances import missing, problems, solved

PINLESS = PairSet.of(np.zeros((0, 2), np.int32), (0, 0))


@settings(max_examples=40)
@given(problem=problems(largest=8))
def test_no_prices_prove_more_than_is_missing(problem: PairingProblem) -> None:
    task = Task.of(problem, np.unique(problem.pinned, axis=0))
    trimmed = (problem.left.least.sum() + problem.right.least.sum()) - missing(solved(problem))
    rng = np.random.default_rng(0)
    prices = Prices(rng.normal(size=problem.shape[0]), rng.normal(size=problem.shape[1]))
    assert least_shortfall(task, prices, 0.5) <= max(0, missing(solved(problem)))
    assert trimmed >= 0


def test_a_flow_with_a_high_penalty_proves_its_shortfall() -> None:
    """Three left people want two partners each, and two right people take two at most."""
    scores = np.random.default_rng(0).normal(size=(3, 2))
    left, right = Bounds.same(3, 2, 2), Bounds.same(2, 0, 2)
    allowed = AllowedValues(DenseScorer(scores), 0.0, PairSet.of(np.zeros((0, 2), int), (3, 2)))
    pairs = np.argwhere(np.ones((3, 2))).astype(np.int32)
    values = np.rint(1000 * scores[pairs[:, 0], pairs[:, 1]]).astype(np.int64)
    network = Network(pairs[:, 0], pairs[:, 1], values, left, right, penalty=10**6)
    flow = solve_flow(network)
    proven = least_shortfall(Task(allowed, left, right), extreme_prices(network, flow), 5e5)
    assert proven == flow.shortfall == 2
