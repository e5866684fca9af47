"""A flat inner-product index of one side's vectors in one encoder: candidates for exact scoring.

Public: ``SideIndex(dimension)`` with ``replace``, ``remove``, ``candidates``, ``len``;
``Candidate``; ``one_thread()``. It is a cache of stored vectors and may be thrown away any time.
Not safe for threads that change it: hold a lock around ``replace`` and ``remove``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person, by the number they were put in with, and their best inner product."""

    person: int
    similarity: float


class SideIndex:
    """Vectors of the people of one side; a person may have any number of them.

    Parameters
    ----------
    dimension
        The length of the encoder's vectors.
    """

    def __init__(self, dimension: int) -> None:
        if dimension < 1:
            raise BadInput("vectors need at least one number")
        self._dimension = dimension
        self._flat: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self._rows: dict[int, list[int]] = {}
        self._person: dict[int, int] = {}
        self._next = 0

    def __len__(self) -> int:
        """How many people it holds."""
        return len(self._rows)

    def replace(self, person: int, vectors: NDArray[np.float32]) -> None:
        """Put a person's vectors in, (n, dimension), in the place of those they had."""
        rows = _matrix(vectors, self._dimension)
        self.remove(person)
        if not len(rows):
            return
        ids = list(range(self._next, self._next + len(rows)))
        self._next += len(rows)
        self._flat.add_with_ids(rows, np.array(ids, np.int64))
        self._rows[person] = ids
        self._person.update(dict.fromkeys(ids, person))

    def remove(self, person: int) -> None:
        """Take a person out; one who is not in is no error."""
        ids = self._rows.pop(person, [])
        if ids:
            self._flat.remove_ids(np.array(ids, np.int64))
            for row in ids:
                del self._person[row]

    def candidates(self, queries: NDArray[np.float32], k: int) -> tuple[Candidate, ...]:
        """Return the k people nearest to any of the queries, best first.

        Parameters
        ----------
        queries
            (q, dimension) vectors of one asker.
        k
            How many people, 1 or more; fewer come when the index holds fewer.
        """
        rows = _matrix(queries, self._dimension)
        if k < 1:
            raise BadInput("ask for one candidate or more")
        if not len(rows) or not len(self):
            return ()
        depth = min(2 * k, self._flat.ntotal)
        while True:
            best, beyond = self._search(rows, depth)
            ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:k]
            # Nobody who was not shown is nearer than what lies beyond the depth of some query.
            sure = len(ranked) == k and ranked[-1][1] > beyond
            if sure or depth == self._flat.ntotal:
                break
            depth = min(4 * depth, self._flat.ntotal)
        return tuple(Candidate(person, similarity) for person, similarity in ranked)

    def _search(self, rows: NDArray[np.float32], depth: int) -> tuple[dict[int, float], float]:
        """Return the best similarity of everybody whom the queries' first ``depth`` rows show.

        With it comes the largest similarity that may lie beyond the depth of any query.
        """
        with one_thread():
            similarities, ids = self._flat.search(rows, depth)
        best: dict[int, float] = {}
        for similarity, row in zip(
            similarities.ravel().tolist(), ids.ravel().tolist(), strict=True
        ):
            if row >= 0:
                person = self._person[row]
                best[person] = max(similarity, best.get(person, -np.inf))
        return best, float(similarities[:, -1].max())


@contextmanager
def one_thread() -> Iterator[None]:
    """Let FAISS use one thread in the calling thread, and put its setting back after.

    A single request gains nothing from more, and many at once would fight for the cores.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _matrix(vectors: NDArray[np.float32], dimension: int) -> NDArray[np.float32]:
    if vectors.ndim != 2 or vectors.shape[1] != dimension:
        raise BadInput(f"vectors must be (n, {dimension}), not {vectors.shape}")
    return np.ascontiguousarray(vectors, np.float32)
