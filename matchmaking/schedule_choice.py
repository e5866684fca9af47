"""Everybody is free, but there are more meetings than places: which of them to keep."""

import numpy as np
from ortools.graph.python import min_cost_flow

from matchmaking.schedule_problem import BoolArray, ScheduleProblem
from matchmaking.scorers import IntArray


def worth_keeping(problem: ScheduleProblem, each: int, all_in_all: int) -> BoolArray:
    """Choose meetings (k,) of the largest worth, at most `each` per person and `all_in_all`.

    A flow, so it is exact: from a source over the left people, one unit per meeting, over the right
    people to a sink; a bypass takes what finds no way.
    """
    n, m, _ = problem.shape
    k = len(problem.meetings)
    source, sink = n + m, n + m + 1
    left, right = problem.left, problem.right + n
    tails = np.concatenate((left, np.full(n, source), n + np.arange(m), [source]))
    heads = np.concatenate((right, np.arange(n), np.full(m, sink), [sink]))
    most = np.concatenate((np.ones(k, int), np.full(n + m, each), [all_in_all]))
    costs = np.concatenate((-problem.worths, np.zeros(n + m + 1, int)))
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, most, costs)
    flow.set_node_supply(source, all_in_all)
    flow.set_node_supply(sink, -all_in_all)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow that chooses meetings ended as {status.name}")
    kept: BoolArray = flow.flows(arcs[:k]) > 0
    return kept


def busiest(problem: ScheduleProblem, among: IntArray) -> int:
    """Count the meetings, out of those named, of whoever has the most."""
    counts = [np.bincount(side[among], minlength=1) for side in (problem.left, problem.right)]
    return int(max(count.max() for count in counts))
