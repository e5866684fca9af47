"""Scheduling against its peers, in one run on the same data.

    python -m benchmarks.schedule                       # three seeds, CP-SAT for 60 s each
    python -m benchmarks.schedule --cp-sat-seconds 0    # without CP-SAT: four minutes

Times are CPU seconds (user and system, all threads), the median of three runs; CP-SAT runs once,
for so many seconds by the clock on two workers. `bound` is this project's: nothing can place more.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import networkx as nx
import numpy as np
from ortools.sat.python import cp_model

from matchmaking.schedule import Schedule, ScheduleProblem, Standing, replan, schedule
from matchmaking.schedule_open import open_slots
from matchmaking.schedule_openings import Openings
from matchmaking.schedule_problem import BoolArray
from matchmaking.scorers import IntArray

Result = TypeVar("Result")


@dataclass(frozen=True)
class Day:
    """A kind of forum: `meetings` of left x right people, `free` of 20 slots, 150 tables each.

    With `halves` people come for half-days of five slots rather than for single slots.
    """

    left: int
    right: int
    free: float
    halves: bool = False
    meetings: int = 2000
    slots: int = 20
    tables: int = 150

    def problem(self, seed: int) -> ScheduleProblem:
        """Draw one such forum."""
        rng = np.random.default_rng(seed)
        cells = rng.choice(self.left * self.right, self.meetings, replace=False)
        return ScheduleProblem(
            np.column_stack((cells // self.right, cells % self.right)),
            self._windows(rng, self.left),
            self._windows(rng, self.right),
            np.full(self.slots, self.tables),
        )

    def _windows(self, rng: np.random.Generator, people: int) -> BoolArray:
        if not self.halves:
            return rng.random((people, self.slots)) < self.free
        share = np.sqrt(self.free)
        days = np.repeat(rng.random((people, self.slots // 5)) < share, 5, axis=1)
        windows: BoolArray = days & (rng.random((people, self.slots)) < share)
        return windows

    def __str__(self) -> str:
        kind = " in half-days" if self.halves else ""
        return f"{self.left} x {self.right}, {self.free:.0%}{kind}, {self.tables} tables"


@dataclass(frozen=True)
class Timed(Generic[Result]):
    """A result and the CPU seconds it took."""

    result: Result
    seconds: float


DAYS = (
    Day(200, 200, 0.3),
    Day(200, 200, 0.5),
    Day(200, 200, 0.7),
    Day(400, 400, 0.3),
    Day(400, 400, 0.5),
    Day(400, 400, 0.7),
    Day(150, 500, 0.5),
    Day(250, 250, 0.5, halves=True),
    Day(200, 200, 0.7, tables=90),
)


def timed(run: Callable[[ScheduleProblem], Result], problem: ScheduleProblem) -> Timed[Result]:
    """Run something three times and take the median of its CPU seconds."""
    seconds = []
    for _ in range(3):
        began = time.process_time()
        result = run(problem)
        seconds.append(time.process_time() - began)
    return Timed(result, statistics.median(seconds))


def first_fit(problem: ScheduleProblem, order: IntArray) -> int:
    """Place meetings in an order, each in the first slot that fits; count them."""
    left, right = problem.left_free.copy(), problem.right_free.copy()
    tables = problem.limits.copy()
    placed = 0
    for meeting in order.tolist():
        one, other = problem.meetings[meeting]
        slots = np.flatnonzero(left[one] & right[other] & (tables > 0))
        if len(slots):
            slot = slots[0]
            left[one, slot] = right[other, slot] = False
            tables[slot] -= 1
            placed += 1
    return placed


def constrained_first(problem: ScheduleProblem) -> int:
    """Place the meetings with the fewest common slots first."""
    return first_fit(problem, np.argsort(problem.both_free.sum(axis=1), kind="stable"))


def cp_sat(problem: ScheduleProblem, seconds: float) -> tuple[int, int]:
    """Let the constraint solver place as many as it can; return the number and its bound."""
    openings = Openings.of(problem, np.ones(problem.both_free.shape, int))
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in openings.value]
    for row, limit in enumerate(openings.limits.tolist()):
        bounds = openings.rows.indptr[row : row + 2]
        rivals = [taken[opening] for opening in openings.rows.indices[slice(*bounds)]]
        if limit == 1:
            model.add_at_most_one(rivals)
        else:
            model.add(sum(rivals) <= limit)
    model.maximize(sum(taken))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    solver.solve(model)
    return round(solver.objective_value), round(solver.best_objective_bound)


def coloured_by_networkx(problem: ScheduleProblem) -> int:
    """Colour the line graph greedily, the busiest meetings first; count the colours."""
    ends = zip(problem.left.tolist(), (-1 - problem.right).tolist(), strict=True)
    lines = nx.line_graph(nx.MultiGraph(ends))
    colours: dict[object, int] = nx.greedy_color(lines, "largest_first")
    return 1 + max(colours.values())


def regular(people: int, each: int, seed: int) -> ScheduleProblem:
    """Give everybody on both sides the same number of meetings, everybody free."""
    rng = np.random.default_rng(seed)
    rounds = [np.column_stack((np.arange(people), rng.permutation(people))) for _ in range(each)]
    free = np.ones((people, 4 * each), bool)
    return ScheduleProblem(rng.permutation(np.concatenate(rounds)), free, free)


def slots_of_first_fit(problem: ScheduleProblem) -> int:
    """Count the slots when each meeting takes the first one in which both are idle."""
    idle = problem.left_free.copy(), problem.right_free.copy()
    last = 0
    for left, right in problem.meetings.tolist():
        slot = int((idle[0][left] & idle[1][right]).argmax())
        idle[0][left, slot] = idle[1][right, slot] = False
        last = max(last, slot)
    return last + 1


def everybody_free(seeds: Sequence[int]) -> None:
    """Print how many slots 5,000 meetings take when everybody is free."""
    print("\n5,000 meetings, everybody free: slots used (CPU ms)\n")
    row("instance", "seed", "busiest", "this project", "first-fit", "networkx, largest first")
    row(*["---"] * 6)
    for people, each in ((1000, 5), (250, 20)):
        for seed in seeds:
            problem = regular(people, each, seed)
            cells = [
                f"{run.result} ({1e3 * run.seconds:.0f})"
                for run in (
                    timed(slots_of_colouring, problem),
                    timed(slots_of_first_fit, problem),
                    timed(coloured_by_networkx, problem),
                )
            ]
            row(f"{people} a side, {each} each", seed, each, *cells)


def slots_of_colouring(problem: ScheduleProblem) -> int:
    """Count the slots this project's way uses, without tables and reasons."""
    slots = open_slots(problem)
    if slots is None:
        raise RuntimeError("the colouring has not placed everything")
    return len(np.unique(slots))


def in_windows(days: Sequence[Day], seeds: Sequence[int], cp_sat_seconds: float) -> None:
    """Print how many of 2,000 meetings are placed when people are free now and then."""
    print(f"\n2,000 meetings, 20 slots: placed (CPU s); CP-SAT for {cp_sat_seconds:.0f} s\n")
    row("instance", "seed", "first-fit", "constrained first", "this project", "bound", "CP-SAT")
    row(*["---"] * 7)
    for day in days:
        for seed in seeds:
            problem = day.problem(seed)
            plain = first_fit(problem, np.arange(len(problem.meetings)))
            greedy = timed(constrained_first, problem)
            ours = timed(schedule, problem)
            peer = "-"
            if cp_sat_seconds:
                began = time.process_time()
                placed, bound = cp_sat(problem, cp_sat_seconds)
                peer = f"{placed}, bound {bound} ({time.process_time() - began:.0f})"
            row(
                str(day),
                seed,
                plain,
                f"{greedy.result} ({greedy.seconds:.2f})",
                f"{ours.result.placed} ({ours.seconds:.2f})",
                ours.result.bound,
                peer,
            )


def after_changes(days: Sequence[Day], seeds: Sequence[int]) -> None:
    """Print what 20 cancellations and 5 people with half their slots do to a schedule."""
    print("\nThen 20 meetings are cancelled and 5 people lose half of their slots\n")
    row("instance", "seed", "way", "placed", "bound", "stay", "can stay", "CPU s")
    row(*["---"] * 8)
    for day in days:
        for seed in seeds:
            problem = day.problem(seed)
            first = schedule(problem)
            after, before = changed(problem, first, seed)
            anew = timed(schedule, after)
            stay = int(((anew.result.slot == before.slot) & (before.slot >= 0)).sum())
            found = anew.result
            row(str(day), seed, "anew", found.placed, found.bound, stay, "-", f"{anew.seconds:.2f}")
            for name, moves in (("re-plan", None), ("re-plan, 2 moves for one", 2)):
                run = timed(partial(replan, before=before, moves_for_one=moves), after)
                result, seconds = run.result, f"{run.seconds:.2f}"
                told = result.schedule.placed, result.schedule.bound
                row(str(day), seed, name, *told, len(result.stayed), result.most_staying, seconds)


def changed(
    problem: ScheduleProblem, schedule: Schedule, seed: int
) -> tuple[ScheduleProblem, Standing]:
    """Cancel 20 meetings, and let 5 left people lose half of their slots."""
    rng = np.random.default_rng(seed)
    kept = np.sort(rng.permutation(len(problem.meetings))[20:])
    windows = problem.left_free.copy()
    for person in rng.permutation(len(windows))[:5]:
        windows[person] &= rng.random(windows.shape[1]) < 0.5
    after = ScheduleProblem(problem.meetings[kept], windows, problem.right_free, problem.tables)
    return after, Standing(schedule.slot[kept], schedule.table[kept])


def row(*cells: object) -> None:
    """Print one row of a table."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def main() -> None:
    """Print the three tables."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--cp-sat-seconds", type=float, default=60.0)
    asked.add_argument("--seeds", type=int, default=3)
    asked.add_argument("--days", type=int, nargs="*", help="only these instances, from 0")
    given = asked.parse_args()
    seeds = range(given.seeds)
    days = DAYS if given.days is None else [DAYS[day] for day in given.days]
    everybody_free(seeds)
    in_windows(days, seeds, given.cp_sat_seconds)
    after_changes(days, seeds)


if __name__ == "__main__":
    main()
