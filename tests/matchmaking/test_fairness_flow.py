"""The flow keeps promises where it can, at the largest total, and tells what places cost."""

import numpy as np
import pytest
from hypothesis import given, settings

from matchmaking.fairness_arcs import Arcs, cheapest_flow, node_labels
from matchmaking.fairness_flow import Kept, PromiseFlow
from matchmaking.fairness_market import Market
from matchmaking.fairness_promises import Promises
from matchmaking.pairing import Bounds, PairingProblem, pair
from tests.matchmaking.fairness_instances import forum, market_of
from tests.matchmaking.pairing_instances import problem_of, problems

HIGH = 25.0


def promises_of(market: Market) -> tuple[Promises, Promises]:
    pool, scores = market.pool, market.scores
    return (
        Promises(market.left, pool.rows, scores),
        Promises(market.right, pool.columns, scores),
    )


def kept(market: Market, left: Promises, right: Promises) -> Kept:
    people = len(market.left.most), len(market.right.most)
    return PromiseFlow(market).solve(
        left, right, (np.full(people[0], HIGH), np.full(people[1], HIGH))
    )


@settings(max_examples=50)
@given(problem=problems(largest=6))
def test_without_promises_it_is_the_plain_optimum(problem: PairingProblem) -> None:
    market, plain = market_of(problem, "both"), pair(problem)
    if len(market.pool) == 0:
        return
    answer = kept(market, *promises_of(market))
    pins = plain.total - sum(
        score - problem.worth
        for made, score in zip(plain.pairs.tolist(), plain.scores.tolist(), strict=True)
        if made not in problem.pinned.tolist()
    )
    assert answer.missing == 0
    reach = np.abs(market.pool.values).max(initial=1.0)
    assert market.total(answer.chosen) + pins == pytest.approx(plain.total, abs=1e-3 * reach)


def test_a_promise_is_kept_though_the_total_falls() -> None:
    one = Bounds.same(2, 1, 1)
    market = market_of(problem_of(np.array([[0.9, 0.5], [0.5, 0.2]]), one, one), "left")
    left, right = promises_of(market)
    left.floors[1, 0], left.count[1] = 0.5, 1
    answer = kept(market, left, right)
    pairs = np.column_stack((market.pool.rows, market.pool.columns))[answer.chosen]
    assert pairs.tolist() == [[0, 1], [1, 0]]


def test_of_two_promises_that_clash_one_breaks_and_nobody_is_missing() -> None:
    one = Bounds.same(2, 1, 1)
    market = market_of(problem_of(np.array([[0.9, 0.5], [0.5, 0.2]]), one, one), "left")
    left, right = promises_of(market)
    left.floors[:, 0], left.count[:] = (0.9, 0.5), 1
    answer = kept(market, left, right)
    assert answer.missing == 0
    assert answer.chosen.sum() == 2


def test_the_place_that_two_want_costs_more_than_the_one_that_nobody_wants() -> None:
    one = Bounds(np.zeros(2, int), np.ones(2, int))
    market = market_of(problem_of(np.array([[0.9, 0.1], [0.8, 0.1]]), one, one), "left")
    answer = kept(market, *promises_of(market))
    popular = market.pool.columns == 0
    assert answer.right_cost[popular].min() > answer.right_cost[~popular].max()


def test_bounds_are_kept_under_promises() -> None:
    market = market_of(forum(40), "both")
    left, right = promises_of(market)
    for promises in (left, right):
        promises.floors[::2, 0], promises.count[::2] = 0.4, 1
    answer = kept(market, left, right)
    for people, crowd in ((market.pool.rows, market.left), (market.pool.columns, market.right)):
        degrees = np.bincount(people[answer.chosen], minlength=40)
        assert (degrees <= crowd.most).all()
        assert (degrees >= crowd.least).all()


def test_the_cheapest_flow_takes_the_cheaper_way_first() -> None:
    arcs = Arcs.of(np.array([0, 0]), np.array([1, 1]), [1, 5], [2, 3])
    assert cheapest_flow(arcs, np.array([3, -3])).tolist() == [1, 2]


def test_arcs_that_do_not_carry_the_supply_are_an_error_of_the_program() -> None:
    arcs = Arcs.of(np.array([0]), np.array([1]), 1, 0)
    with pytest.raises(RuntimeError, match="status"):
        cheapest_flow(arcs, np.array([3, -3]))


def test_labels_leave_no_shorter_way_along_an_arc_with_room() -> None:
    arcs = Arcs.joined(
        [
            Arcs.of(np.array([0, 1]), np.array([1, 2]), 2, [4, 1]),
            Arcs.of(np.array([0]), np.array([2]), 1, [3]),
        ]
    )
    supply = np.array([2, 0, -2])
    flow = cheapest_flow(arcs, supply)
    labels = node_labels(arcs, flow, np.zeros(3, np.int64), sweeps=10)
    room = flow < arcs.room
    assert (labels[arcs.heads] <= labels[arcs.tails] + arcs.cost)[room].all()
    carried = flow > 0
    assert (labels[arcs.tails] <= labels[arcs.heads] - arcs.cost)[carried].all()
