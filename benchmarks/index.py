"""Ways to find the nearest of one side's vectors, in one run on the same data.

    python -m benchmarks.index                          # 10,000 and 100,000 vectors: some minutes
    python -m benchmarks.index --size 10000

Vectors of 384 numbers of unit length, people around 60 topics (`benchmarks/pairing_data.py`); asked
for is the best 20 of one side by inner product. The one big index holds two sides of that size,
mixed, and is told by a bitmap whom to look at. IVF has as many lists as the square root of the size
and looks into 8. Everything on one thread; CPU is user and system time, the median over all seeds
and three runs on each: of one query at a time, as a web request asks, and of all in one call.
Recall is the share of the true best 20, over all seeds; building is counted once a seed.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from benchmarks.pairing_data import Forum
from matchmaking.index import SideIndex, one_thread
from matchmaking.scorers import FloatArray, IntArray

NEAREST, PROBES, RUNS = 20, 8, 3
Search = Callable[[FloatArray], IntArray]
Build = Callable[[FloatArray], Search]


def ours(vectors: FloatArray) -> Search:
    """Build this project's index of a side, which answers with people and one asker at a time."""
    index = SideIndex(vectors.shape[1])
    for person, vector in enumerate(vectors):
        index.replace(person, vector[None])

    def search(queries: FloatArray) -> IntArray:
        lists = (index.candidates(query[None], NEAREST) for query in queries)
        return np.array([[found.person for found in one] for one in lists])

    return search


def flat(vectors: FloatArray) -> Search:
    """Build a bare flat index of one side."""
    index: Any = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return lambda queries: np.asarray(index.search(queries, NEAREST)[1])


def selected(vectors: FloatArray) -> Search:
    """Build one flat index of both sides, of which a search is told to look at one."""
    index: Any = faiss.IndexFlatIP(vectors.shape[1])
    both = np.empty((2 * len(vectors), vectors.shape[1]), np.float32)
    both[::2], both[1::2] = vectors, vectors[::-1]
    index.add(both)
    untyped: Any = faiss
    selector = untyped.IDSelectorBitmap(
        np.packbits(np.arange(len(both)) % 2 == 0, bitorder="little")
    )
    parameters = untyped.SearchParameters(sel=selector)
    return lambda queries: np.asarray(index.search(queries, NEAREST, params=parameters)[1]) // 2


def inverted(vectors: FloatArray) -> Search:
    """Build an inverted file of one side, which looks only into the nearest lists."""
    lists = max(1, round(len(vectors) ** 0.5))
    coarse = faiss.IndexFlatIP(vectors.shape[1])
    index: Any = faiss.IndexIVFFlat(coarse, vectors.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    index.nprobe = PROBES
    return lambda queries: np.asarray(index.search(queries, NEAREST)[1])


def product(vectors: FloatArray) -> Search:
    """Multiply with all vectors, and sort only the best."""

    def search(queries: FloatArray) -> IntArray:
        scores = queries @ vectors.T
        best = np.argpartition(scores, -NEAREST, axis=1)[:, -NEAREST:]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
        return np.take_along_axis(best, order, axis=1)

    return search


def neighbours(vectors: FloatArray) -> Search:
    """Let scikit-learn look at all: among unit vectors the nearest are those best by product."""
    model = NearestNeighbors(n_neighbors=NEAREST, algorithm="brute").fit(vectors)
    return lambda queries: np.asarray(model.kneighbors(queries, return_distance=False))


WAYS: dict[str, Build] = {
    "this project: a flat index a side, of people": ours,
    "FAISS flat, one a side": flat,
    "FAISS flat, both sides and a selector": selected,
    f"FAISS IVF, one a side, nprobe {PROBES}": inverted,
    "NumPy matrix product": product,
    "scikit-learn NearestNeighbors": neighbours,
}


@dataclass(frozen=True)
class Asked:
    """What one way took on one seed: CPU seconds to build and a query, and what it found."""

    build: float
    single: list[float]
    together: list[float]
    recall: float


def ask(build: Build, vectors: FloatArray, queries: FloatArray) -> Asked:
    """Build, ask for each query alone and for all at once, and compare with the truth."""
    start = time.process_time()
    search = build(vectors)
    built = time.process_time() - start
    single, together = [], []
    for _ in range(RUNS):
        start = time.process_time()
        found = np.concatenate([search(query[None]) for query in queries])
        single.append((time.process_time() - start) / len(queries))
        start = time.process_time()
        search(queries)
        together.append((time.process_time() - start) / len(queries))
    truth = product(vectors)(queries)
    hits = [len(np.intersect1d(*pair)) for pair in zip(found, truth, strict=True)]
    return Asked(built, single, together, float(np.mean(hits)) / NEAREST)


def compare(size: int, queries: int, seeds: int) -> None:
    """Print the table of one size."""
    print(f"\n{size:,} vectors, {queries} queries, {seeds} seeds\n")
    print("| way | build, CPU s | a query alone, CPU ms | a query among all, CPU ms | recall |")
    print("|---|---|---|---|---|")
    taken: dict[str, list[Asked]] = {name: [] for name in WAYS}
    for seed in range(seeds):
        there, here = Forum(size, queries, seed, forbidden_share=0).vectors
        for name, build in WAYS.items():
            taken[name].append(ask(build, there, here))
    for name, runs in taken.items():
        single = statistics.median(seconds for run in runs for seconds in run.single)
        together = statistics.median(seconds for run in runs for seconds in run.together)
        print(
            f"| {name} | {statistics.median(run.build for run in runs):.2f} | {1e3 * single:.2f} "
            f"| {1e3 * together:.2f} | {statistics.mean(run.recall for run in runs):.3f} |",
            flush=True,
        )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, action="append", help="vectors a side; may repeat")
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=3)
    chosen = parser.parse_args()
    with one_thread(), threadpool_limits(limits=1):
        for size in chosen.size or [10_000, 100_000]:
            compare(size, chosen.queries, chosen.seeds)


if __name__ == "__main__":
    main()
