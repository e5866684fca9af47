"""Pairing against its peers, in one run on the same data.

    python -m benchmarks.pairing                     # 60 and 1,000 a side: a quarter of an hour
    python -m benchmarks.pairing --size 10000        # this project alone: the peers do not fit
    python -m benchmarks.pairing --tall --runs 1     # 100,000 x 1,000, this project alone
    python -m benchmarks.pairing --profiles PROFILES.jsonl --no-sizes    # real encodings

With a file of profiles, one side is the people of Korea and the other all others; and once more
with every publication taken for a person, which makes more of them. Seeds differ in which pairs
are forbidden.

Every run is a process of its own. CPU is user and system time of all threads, from arrays in
memory to pairs in memory; memory is the peak less that after imports, the data included. Both are
medians over all runs. `below` is how far the total is below the proven optimum, `missing` how
many partners are missing from minimums (a total may exceed the optimum by leaving people short);
both are means over the seeds. `gap` is the largest.
"""

import argparse
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.pairing_data import Forum
from benchmarks.pairing_peers import PEERS
from matchmaking.pairing import pair
from matchmaking.scorers import DenseScorer

OURS = "this project, from vectors"
DENSE = "this project, from scores"
_SMALL_ONLY = {"milp (HiGHS)": 100, "network simplex (networkx)": 60}
_DENSE_UP_TO = 3000


@dataclass(frozen=True)
class Run:
    """One method on one forum: the total, partners missing, the gap if it is proven, the cost."""

    total: float
    missing: int
    gap: float | None
    cpu_seconds: float
    peak_mb: float


def measure(method: str, forum: Forum) -> Run:
    """Run a method in this process and weigh it."""
    vectors, forbidden, (left, right) = forum.vectors, forum.forbidden, forum.bounds
    problem, data = forum.problem, sum(part.nbytes for part in (*vectors, forbidden))
    if method == DENSE:
        problem = replace(problem, scorer=DenseScorer(vectors[0] @ vectors[1].T))
    if method != OURS:
        data = forbidden.nbytes + 4 * forum.left_people * forum.right_people
    scores = forum.scores if method in PEERS else np.zeros((0, 0), np.float32)
    gc.collect()
    before = _resident_mb() - data / 2**20
    _forget_peak()
    start = time.process_time()
    gap = None
    if method in PEERS:
        pairs = PEERS[method](scores, left, right)
    else:
        result = pair(problem)
        pairs, gap = result.pairs, result.certificate.gap
    spent = time.process_time() - start
    peak = _peak_mb() - before
    short = [
        np.maximum(bounds.least - np.bincount(pairs[:, side], minlength=len(bounds.least)), 0).sum()
        for side, bounds in enumerate((left, right))
    ]
    chosen = (vectors[0][pairs[:, 0]] * vectors[1][pairs[:, 1]]).sum(axis=1, dtype=np.float64)
    return Run(float(chosen.sum()), int(sum(short)), gap, spent, peak)


def _status_mb(field: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def _resident_mb() -> float:
    return _status_mb("VmRSS")


def _peak_mb() -> float:
    return _status_mb("VmHWM")


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def in_a_process(method: str, forum: Forum) -> Run:
    """Run a method in a fresh process."""
    request = json.dumps({"method": method, "forum": asdict(forum)})
    answer = subprocess.run(  # noqa: S603 - this very module
        [sys.executable, "-m", "benchmarks.pairing", "--run", request],
        check=True,
        capture_output=True,
        text=True,
    )
    return Run(**json.loads(answer.stdout))


def methods_for(people: int) -> Iterator[str]:
    """Name the methods that can take so many people a side."""
    yield OURS
    if people <= _DENSE_UP_TO:
        yield DENSE
        yield from (name for name in PEERS if people <= _SMALL_ONLY.get(name, _DENSE_UP_TO))


def compare(forums: Sequence[Forum], kind: str, runs: int) -> None:
    """Print the table of forums of one kind, which differ by their seed."""
    left, right = forums[0].left_people, forums[0].right_people
    bounds = [f"{side.least[0]} to {side.most[0]}" for side in forums[0].bounds]
    partners = " and ".join(dict.fromkeys(bounds))
    print(f"\n{left:,} x {right:,}, {partners} partners, 3 % forbidden, {kind}\n")
    print("| method | CPU s | memory MB | below the optimum | missing | gap |")
    print("|---|---|---|---|---|---|")
    best: list[float] = []
    for method in methods_for(max(left, right)):
        taken = [[in_a_process(method, forum) for _ in range(runs)] for forum in forums]
        best = best or [of_seed[0].total for of_seed in taken]
        every = [run for of_seed in taken for run in of_seed]
        below = statistics.mean(
            1 - of_seed[0].total / top for of_seed, top in zip(taken, best, strict=True)
        )
        gaps = [run.gap for run in every if run.gap is not None]
        print(
            f"| {method} | {statistics.median(run.cpu_seconds for run in every):.2f} "
            f"| {statistics.median(run.peak_mb for run in every):.0f} | {below:.2%} "
            f"| {statistics.mean(of_seed[0].missing for of_seed in taken):.0f} "
            f"| {f'{max(gaps):.1e}' if gaps else '-'} |",
            flush=True,
        )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, action="append", help="people on the left; may repeat")
    parser.add_argument("--spread", type=float, default=1.0, help="how far people are from topics")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--runs", type=int, default=3, help="on each seed")
    parser.add_argument("--tall", action="store_true", help="100,000 x 1,000 and no other size")
    parser.add_argument("--profiles", type=Path, help="real encodings, from a file of profiles")
    parser.add_argument("--no-sizes", action="store_true", help="no made-up forums")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        request = json.loads(arguments.run)
        print(json.dumps(asdict(measure(request["method"], Forum(**request["forum"])))))
        return
    seeds = range(arguments.seeds)
    if arguments.tall:
        compare([tall(seed) for seed in seeds], "spread 1.0", arguments.runs)
        return
    for size in [] if arguments.no_sizes else arguments.size or [60, 1000]:
        for right in (size, size * 3 // 5):
            forums = [Forum(size, right, seed, arguments.spread) for seed in seeds]
            compare(forums, f"spread {arguments.spread}", arguments.runs)
    if arguments.profiles:
        from benchmarks.pairing_real import real_sides  # late: the measured processes need it not

        with tempfile.TemporaryDirectory() as folder:
            for kind, real in real_sides(arguments.profiles, Path(folder)):
                compare([replace(real, seed=seed) for seed in seeds], kind, arguments.runs)


def tall(seed: int) -> Forum:
    """Make a forum of far more people on the left than on the right."""
    return Forum(100_000, 1_000, seed, least=1, most=2, right_least=50, right_most=250)


if __name__ == "__main__":
    main()
