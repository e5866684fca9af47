"""Everybody is free, but there are more meetings than places: which of them to keep."""

import numpy as np
from ortools.graph.python import min_cost_flow

from matchmaking.schedule_problem import BoolArray, ScheduleProblem
from matchmaking.scorers import IntArray


def worth_keeping(problem: ScheduleProblem, each: int, all_in_all: int) -> BoolArray:
    """Choose meetings (k,) of the largest worth, at most `each` per person and `all_in_all`.

    Among choices of one worth, that which goes without evenly: nobody loses every meeting while
    others keep all of theirs. A flow, so it is exact: from a source over the left people, one unit
    per meeting, over the right people to a sink; a bypass takes what finds no way. A person's
    second meeting costs a little more than the first, the third a little more again; all of that
    together is less than the smallest difference in worth.
    """
    n, m, _ = problem.shape
    k = len(problem.meetings)
    source, sink = n + m, n + m + 1
    left, right = problem.left, problem.right + n
    of_left, turn_left = _turns(problem.left, n, each)
    of_right, turn_right = _turns(problem.right, m, each)
    turns = np.concatenate((turn_left, turn_right))
    tails = np.concatenate((left, np.full(len(of_left), source), n + of_right, [source]))
    heads = np.concatenate((right, of_left, np.full(len(of_right), sink), [sink]))
    most = np.concatenate((np.ones(k + len(turns), int), [all_in_all]))
    unit = int(turns.sum()) + 1
    costs = np.concatenate((-problem.worths * unit, turns, [0]))
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, most, costs)
    flow.set_node_supply(source, all_in_all)
    flow.set_node_supply(sink, -all_in_all)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow that chooses meetings ended as {status.name}")
    kept: BoolArray = flow.flows(arcs[:k]) > 0
    return kept


def _turns(side: IntArray, count: int, each: int) -> tuple[IntArray, IntArray]:
    """Give each of `count` people an arc for every meeting they can have: whose, and which turn."""
    has = np.minimum(np.bincount(side, minlength=count), each)
    whose = np.repeat(np.arange(count), has)
    return whose, np.arange(len(whose)) - np.repeat(np.cumsum(has) - has, has)


def busiest(problem: ScheduleProblem, among: IntArray) -> int:
    """Count the meetings, out of those named, of whoever has the most."""
    counts = [np.bincount(side[among], minlength=1) for side in (problem.left, problem.right)]
    return int(max(count.max() for count in counts))
