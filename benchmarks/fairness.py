"""The worst-off person: this project against FairFlow, in one run on the same data.

    python -m benchmarks.fairness                        # 300 a side: under two minutes
    python -m benchmarks.fairness --size 500 --size 1000 # three quarters of an hour
    python -m benchmarks.fairness --size 3000 --only-ours

`worst` is the smallest total of a person on the side that is raised (on both, the smaller one),
`bound` what no pairing can lift it above, `cost` the share of the largest total that was given up,
`bound of cost` the least that any pairing with that floor must give up, and CPU is user and system
time of all threads in this process. FairFlow raises one side only. The last line is the peak of the
process, of all its runs, imports included.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.fairflow import fairflow
from benchmarks.fairness_data import Mixture
from benchmarks.pairing_data import Forum
from matchmaking.fairness import FairSide, fair_pair
from matchmaking.scorers import FloatArray, IntArray

SIDES: tuple[FairSide, ...] = ("left", "right", "both")


@dataclass(frozen=True)
class Reached:
    """What one method reached on one forum; bounds where it has them."""

    worst: float
    cost: float
    cpu_seconds: float
    worst_bound: float | None = None
    least_cost: float | None = None


def ours(forum: Forum, side: FairSide) -> tuple[Reached, float]:
    """Run this project; give the largest total as well, which the other's cost is measured by."""
    problem = forum.problem
    start = time.process_time()
    result = fair_pair(problem, side)
    spent = time.process_time() - start
    best = result.plain.total
    bound = 1 - result.certificate.bound / best
    return Reached(result.floor, result.price, spent, result.worst_bound, max(0.0, bound)), best


def peer(forum: Forum, side: FairSide, best: float) -> Reached:
    """Run FairFlow, with the sides exchanged where the right is to be raised."""
    scores, (left, right) = forum.scores, forum.bounds
    start = time.process_time()
    if side == "left":
        pairs = fairflow(scores, left, right)
    else:
        pairs = fairflow(np.ascontiguousarray(scores.T), right, left)
        scores = scores.T
    spent = time.process_time() - start
    worst, total = _sums(scores, pairs)
    return Reached(worst, 1 - total / best, spent)


def _sums(scores: FloatArray, pairs: IntArray) -> tuple[float, float]:
    chosen = scores[pairs[:, 0], pairs[:, 1]].astype(np.float64)
    rows = np.bincount(pairs[:, 0], weights=chosen, minlength=len(scores))
    return float(rows.min()), float(chosen.sum())


def rows(forum: Forum, sides: list[FairSide], *, only_ours: bool) -> Iterator[str]:
    """Run both methods on one forum and write a line of the table for each."""
    for side in sides:
        here, best = ours(forum, side)
        where = f"| {forum.left_people:,} x {forum.right_people:,} | {forum.seed} | {side} "
        yield where + _cells("this project", here, None)
        if side != "both" and not only_ours:
            there = peer(forum, side, best)
            yield where + _cells("FairFlow", there, here)


def _cells(method: str, run: Reached, against: Reached | None) -> str:
    bounds = "- | -"
    if run.worst_bound is not None and run.least_cost is not None:
        bounds = f"{run.worst_bound:.3f} | {run.least_cost:.2%}"
    ahead = "-" if against is None else f"{against.worst / run.worst - 1:+.1%}"
    ratio = "-" if against is None else f"{run.cpu_seconds / against.cpu_seconds:.0f} x"
    return (
        f"| {method} | {run.worst:.3f} | {run.cost:.2%} | {run.cpu_seconds:.1f} "
        f"| {bounds} | {ahead} | {ratio} |"
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, action="append", help="people a side; may repeat")
    parser.add_argument("--seed", type=int, action="append", help="default: 0, 1 and 2")
    parser.add_argument("--side", choices=SIDES, action="append", help="default: all three")
    parser.add_argument("--spread", type=float, help="forums of one topic for each person")
    parser.add_argument("--only-ours", action="store_true")
    chosen = parser.parse_args()
    print("| people | seed | side | method | worst | cost | CPU s | bound | bound of cost", end=" ")
    print("| ours ahead by | CPU of ours |\n" + "|---" * 11 + "|")
    for size in chosen.size or [300]:
        for seed in chosen.seed or [0, 1, 2]:
            forum: Forum = Mixture(size, size, seed)
            if chosen.spread is not None:
                forum = Forum(size, size, seed, chosen.spread)
            for row in rows(forum, chosen.side or list(SIDES), only_ours=chosen.only_ours):
                print(row, flush=True)
    print(f"\nPeak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
