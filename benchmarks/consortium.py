"""Whole teams: this project against simpler ways and the whole integer programme, in one run.

    python -m benchmarks.consortium                            # 500 and 2,000 people, three seeds
    python -m benchmarks.consortium --people 60 --nodes 100000 # with the whole integer programme

CPU seconds (user and system, all threads), one run each; `below` is how far a score is below the
bound that this project proves for the same problem. The whole programme (HiGHS) may look at so many
nodes for each size that a team can have, and is left out above 200 people: it has two variables for
every two of them.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.consortium_data import forum
from matchmaking.consortium import form_teams
from matchmaking.consortium_conditions import Conditions
from matchmaking.consortium_problem import TeamProblem
from matchmaking.consortium_programme import Programme
from matchmaking.consortium_search import Search
from matchmaking.consortium_shape import shapes_of
from matchmaking.consortium_worth import Worth

MOST_FOR_MILP = 200


@dataclass(frozen=True)
class Found:
    """A score, the bound that came with it, and the CPU seconds."""

    score: float
    bound: float
    seconds: float


def ours(problem: TeamProblem) -> Found:
    """Form one team as this project does."""
    (team,) = form_teams(problem, count=1).teams
    return Found(team.score, team.bound, 0.0)


def greedy(problem: TeamProblem, *, swaps: bool = False) -> Found:
    """Add the best next member until a team of each size is full; then swap, if asked."""
    shapes, conditions = shapes_of(problem), Conditions(problem)
    everybody, best = np.flatnonzero(conditions.open), -np.inf
    for shape in shapes.every:
        worth = Worth(problem, shape)
        search = Search(worth, conditions, shapes.group, everybody, swaps=swaps)
        team = search.from_start()
        best = max(best, worth.score(team) if team else -np.inf)
    return Found(best, np.inf, 0.0)


def whole_programme(problem: TeamProblem, nodes: int) -> Found:
    """Give everybody to the integer programme, for each size."""
    shapes, conditions = shapes_of(problem), Conditions(problem)
    everybody, best, bound = np.flatnonzero(conditions.open), -np.inf, -np.inf
    for shape in shapes.every:
        worth = Worth(problem, shape)
        programme = Programme(worth, conditions, shapes.group, everybody)
        programme.complete()
        answer = programme.best(nodes)
        best = max(best, worth.score(answer.team) if answer.team else -np.inf)
        bound = max(bound, answer.bound)
    return Found(best, bound, 0.0)


def timed(run: Callable[[], Found]) -> Found:
    """Run something and note its CPU seconds."""
    began = time.process_time()
    found = run()
    return Found(found.score, found.bound, time.process_time() - began)


def methods(problem: TeamProblem, nodes: int) -> dict[str, Callable[[], Found]]:
    """Name what is compared; the whole programme only where it is small enough, if asked for."""
    found = {
        "greedy": lambda: greedy(problem),
        "greedy and swaps": lambda: greedy(problem, swaps=True),
        "this project": lambda: ours(problem),
    }
    if nodes and problem.people <= MOST_FOR_MILP:
        found["whole programme (HiGHS)"] = lambda: whole_programme(problem, nodes)
    return found


def compare(people: int, seed: int, *, mirror: bool, nodes: int) -> None:
    """Print a row for each method."""
    problem = forum(people, seed, mirror=mirror)
    results = {name: timed(run) for name, run in methods(problem, nodes).items()}
    best = results["this project"].bound
    for name, found in results.items():
        proven = f"{found.bound - found.score:.5f}" if np.isfinite(found.bound) else "-"
        below = f"{(best - found.score) / best:.2%}"
        kind = "mirrored" if mirror else "one team"
        cells = (f"{people:,}", kind, seed, name, f"{found.score:.5f}", below, proven)
        print(f"| {' | '.join(map(str, cells))} | {found.seconds:.2f} |", flush=True)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, nargs="*", default=[500, 2000])
    asked.add_argument("--seeds", type=int, default=3)
    asked.add_argument("--nodes", type=int, default=0, help="of the whole programme")
    given = asked.parse_args()
    print("| people | kind | seed | method | score | below the bound | own gap | CPU s |")
    print("|---|---|---|---|---|---|---|---|")
    for people in given.people:
        for mirror in (True, False):
            for seed in range(given.seeds):
                compare(people, seed, mirror=mirror, nodes=given.nodes)


if __name__ == "__main__":
    main()
