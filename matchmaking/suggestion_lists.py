"""Everybody's suggestions at once: the best people of the other side for each of many askers.

Public: ``suggestion_lists(askers, people, calibration, count, ...) -> SuggestionLists``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_outline import Basis, Outline, guessed
from matchmaking.affinity_side import IntVector, PackedSide
from matchmaking.calibration import Calibration
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput, Cancelled
from matchmaking.pairing_pairs import PairSet
from matchmaking.threads import one_blas_thread

_TOGETHER = 32
_GUESSED = 256
NOBODY = -1


@dataclass(frozen=True, slots=True)
class SuggestionLists:
    """A list for each asker, the best first.

    Attributes
    ----------
    people
        (askers, count) int32 places among the people, ``NOBODY`` (-1) after the end of a list.
    scores
        (askers, count) float32, the exact scores of these pairs; 0 after the end.
    """

    people: NDArray[np.int32]
    scores: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shortlists:
    """How many people are compared exactly for each asker.

    Parameters
    ----------
    least, times
        At least so many, and so many times the length of the list. More is slower and misses fewer.
    everybody
        Up to so many people all are compared exactly, and nothing is guessed.
    """

    least: int = 100
    times: int = 8
    everybody: int = 300

    def of(self, count: int) -> int:
        """Return how many for a list of this length."""
        return max(self.least, self.times * count)


def suggestion_lists(
    askers: PackedSide,
    people: PackedSide,
    calibration: Calibration,
    count: int,
    *,
    excluded: NDArray[np.integer] | None = None,
    settings: AffinitySettings | None = None,
    shortlists: Shortlists = Shortlists(),
    cancelled: Callable[[], bool] | None = None,
) -> SuggestionLists:
    """Rank people for each asker.

    Scores are exact and those of ``AffinityScorer``. Who is scored is guessed among many people
    (``affinity_outline``), so now and then the lower end of a list misses somebody: about one in
    a hundred of twenty among 10,000 (`python -m benchmarks.suggestions`). Up to
    ``shortlists.everybody`` people nobody is missed.

    Parameters
    ----------
    askers, people
        Two sides, in either order: a score is the same for both.
    count
        The length of a list, 1 or more.
    excluded
        (k, 2) places (asker, person) that are not to stand in a list.
    cancelled
        Asked now and then whether to stop.

    Raises
    ------
    BadInput
        When the count is below 1.
    Cancelled
        When ``cancelled`` says so.

    Notes
    -----
    Memory: the outlines, some 13 KB a person, and one block of a few megabytes.
    """
    if count < 1:
        raise BadInput("ask for one suggestion or more")
    none = np.zeros((0, 2), np.int64)
    pairs = PairSet.of(none if excluded is None else excluded, (len(askers), len(people)))
    scorer = AffinityScorer(askers, people, calibration, settings)
    return _filled(scorer, pairs, shortlists, count, cancelled)


def _filled(
    scorer: AffinityScorer,
    excluded: PairSet,
    shortlists: Shortlists,
    count: int,
    cancelled: Callable[[], bool] | None,
) -> SuggestionLists:
    n, m = scorer.shape
    found = SuggestionLists(np.full((n, count), NOBODY, np.int32), np.zeros((n, count), np.float32))
    if n and m:
        for group, chosen in _shortlisted(scorer, excluded, shortlists, count):
            if cancelled is not None and cancelled():
                raise Cancelled("the suggestions were stopped")
            _fill(found, scorer, excluded, group, chosen)
    return found


def _shortlisted(
    scorer: AffinityScorer, excluded: PairSet, shortlists: Shortlists, count: int
) -> Iterator[tuple[IntVector, IntVector]]:
    """Yield groups of askers who are like each other, and whom to compare with them exactly."""
    n, m = scorer.shape
    size = shortlists.of(count)
    if m <= max(size, shortlists.everybody):
        for start in range(0, n, _TOGETHER):
            yield np.arange(start, min(n, start + _TOGETHER)), np.arange(m)
        return
    basis = Basis.of(scorer.right)
    askers, people = Outline.of(scorer.left, basis), Outline.of(scorer.right, basis)
    order = _alike_together(askers)
    for start in range(0, n, _GUESSED):
        some = order[start : start + _GUESSED]
        guesses = guessed(askers.take(some), people, scorer.calibration, scorer.settings)
        rows, columns = _excluded_of(excluded, some)
        guesses[rows, columns] = -1
        best = np.argpartition(guesses, m - size, axis=1)[:, m - size :]
        for first in range(0, len(some), _TOGETHER):
            part = slice(first, first + _TOGETHER)
            yield some[part], np.unique(best[part])


def _fill(
    found: SuggestionLists,
    scorer: AffinityScorer,
    excluded: PairSet,
    group: IntVector,
    chosen: IntVector,
) -> None:
    """Score a group with those chosen for any of them, and write down the best."""
    scores = scorer.score(group, chosen)
    rows, columns = _excluded_of(excluded, group)
    place = np.full(len(scorer.right), NOBODY)
    place[chosen] = np.arange(len(chosen))
    inside = place[columns] != NOBODY
    scores[rows[inside], place[columns[inside]]] = -1
    count = min(found.people.shape[1], len(chosen))
    best = np.argpartition(scores, len(chosen) - count, axis=1)[:, len(chosen) - count :]
    best.sort(axis=1)
    values = np.take_along_axis(scores, best, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    values = np.take_along_axis(values, order, axis=1)
    names = chosen[np.take_along_axis(best, order, axis=1)]
    found.people[group, :count] = np.where(values >= 0, names, NOBODY)
    found.scores[group, :count] = np.maximum(values, 0)


def _excluded_of(excluded: PairSet, askers: IntVector) -> tuple[IntVector, IntVector]:
    """Return the excluded pairs of some askers: their places among these, and the people."""
    counts = np.diff(excluded.starts)[askers]
    rows = np.repeat(np.arange(len(askers)), counts)
    columns = [excluded.row(int(one)) for one in askers]
    return rows, np.concatenate([np.zeros(0, np.int64), *columns])


def _alike_together(outline: Outline) -> IntVector:
    """Return everybody in an order in which neighbours have like work.

    So the shortlists of a group overlap, and one block of exact scores serves all of them. Each
    joins whom they are nearest to of some, evenly taken from the list.
    """
    traces = [trace for (kind, _), trace in outline.views.items() if kind == "expertise"]
    if not traces:
        return np.arange(outline.size)
    pivots = np.arange(0, outline.size, max(1, outline.size // max(1, outline.size // _TOGETHER)))
    with one_blas_thread():
        nearness: FloatMatrix = sum(  # type: ignore[assignment] # there is one at least
            trace.means @ trace.means[pivots].T for trace in traces
        )
    return np.argsort(nearness.argmax(axis=1), kind="stable").astype(np.int64)
