"""How good a ranking of people or papers is against what is known to be right.

Public: ``evaluate_pairs(scores, pairs) -> Ranking``, ``evaluate_queries(queries)``,
``random_ranking(shape, pairs)``,
``evaluate_ratings(scores, ratings, by) -> Agreement``, ``Rating``; the whole way from people's
texts is in ``evaluation_run``.

Equal scores say nothing of an order, so every figure is the expected one over all orders of equals.
The random baseline is therefore exact: it is the ranking in which all scores are equal.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, combinations
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput
from matchmaking.evaluation_ties import TieGroups

Scores = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Means over all queries (Manning et al., "Introduction to Information Retrieval", 8.4).

    The reciprocal rank of the first right one, the average precision, and how often a right one
    is among the first 1, 3 and 5.
    """

    mrr: float
    map: float
    hit1: float
    hit3: float
    hit5: float
    queries: int


@dataclass(frozen=True, slots=True)
class Query:
    """One person's scores of all candidates, and the numbers of those known to be right."""

    scores: Scores
    wanted: Set[int]


class By(StrEnum):
    """Whose ratings are compared: one person's of two items, or two people's of one item."""

    PERSON = "person"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Rating:
    """What person number ``person`` gave item number ``item``."""

    person: int
    item: int
    rating: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far scores order items as people rated them.

    Parameters
    ----------
    loss
        The gaps in rating of the pairs in the wrong order (half at equal scores) over all gaps
        (Stelmakh et al., "A Gold Standard Dataset for the Reviewer Assignment Problem", 2023).
    easy
        The share in the right order where one rating is 4 or more and the other 2 or less.
    hard
        The share where both are 4 or more and different. Both are None where there are none.
    pairs
        How many pairs were compared.
    """

    loss: float | None
    easy: float | None
    hard: float | None
    pairs: int


def evaluate_pairs(scores: Scores, pairs: Collection[tuple[int, int]]) -> Ranking:
    """Rank everybody on the other side for everybody who has a known partner, both ways.

    Parameters
    ----------
    scores
        (left, right) scores; higher is better.
    pairs
        Known good pairs, as numbers of rows and columns; a repeated one counts once.

    Raises
    ------
    BadInput
        Without pairs, or when one lies outside of the scores.
    """
    if not pairs:
        raise BadInput("give at least one known good pair")
    if not all(0 <= i < scores.shape[0] and 0 <= j < scores.shape[1] for i, j in pairs):
        raise BadInput(f"a pair lies outside of {scores.shape[0]} x {scores.shape[1]} people")
    right_of: dict[int, set[int]] = defaultdict(set)
    left_of: dict[int, set[int]] = defaultdict(set)
    for left, right in pairs:
        right_of[left].add(right)
        left_of[right].add(left)
    rows = (Query(scores[left], wanted) for left, wanted in right_of.items())
    columns = (Query(scores[:, right], wanted) for right, wanted in left_of.items())
    return evaluate_queries(chain(rows, columns))


def evaluate_queries(queries: Iterable[Query]) -> Ranking:
    """Take the means over queries that are read once, so that no matrix need be in memory.

    Raises
    ------
    BadInput
        Without a query.
    """
    figures = [_figures(query.scores, query.wanted) for query in queries]
    if not figures:
        raise BadInput("give at least one known good pair")
    mrr, precision, hit1, hit3, hit5 = np.mean(figures, axis=0).tolist()
    return Ranking(mrr, precision, hit1, hit3, hit5, len(figures))


def random_ranking(shape: tuple[int, int], pairs: Collection[tuple[int, int]]) -> Ranking:
    """Return what a random order is expected to reach."""
    return evaluate_pairs(np.zeros(shape), pairs)


def evaluate_ratings(scores: Scores, ratings: Sequence[Rating], by: By = By.PERSON) -> Agreement:
    """Compare scores with ratings, over every two that are comparable and differ.

    Parameters
    ----------
    scores
        (people, items); higher means more expert.
    ratings
        At most one per person and item.
    by
        Which two are comparable.

    Raises
    ------
    BadInput
        When a rating is repeated, is not a number, or lies outside of the scores.
    """
    places = [(rating.person, rating.item) for rating in ratings]
    if len(set(places)) < len(places):
        raise BadInput("a person rated the same item twice")
    if not all(0 <= i < scores.shape[0] and 0 <= j < scores.shape[1] for i, j in places):
        raise BadInput("a rating names a person or an item outside of the scores")
    if not all(isfinite(rating.rating) for rating in ratings):
        raise BadInput("a rating is not a number")
    groups: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for rating in ratings:
        score = float(scores[rating.person, rating.item])
        owner = rating.person if by is By.PERSON else rating.item
        groups[owner].append((rating.rating, score))
    return _agreement(
        [
            (max(one, other), min(one, other))
            for group in groups.values()
            for one, other in combinations(group, 2)
            if one[0] != other[0]
        ]
    )


def _agreement(pairs: list[tuple[tuple[float, float], tuple[float, float]]]) -> Agreement:
    """Count pairs of (rating, score), each with the higher rating first."""
    if not pairs:
        return Agreement(None, None, None, 0)
    table = np.array(pairs)
    high, low = table[:, 0, 0], table[:, 1, 0]
    # 1 in the right order, 0 in the wrong one, half at a tie
    right = (np.sign(table[:, 0, 1] - table[:, 1, 1]) + 1) / 2
    gaps = high - low
    return Agreement(
        loss=float(((1 - right) * gaps).sum() / gaps.sum()),
        easy=_mean(right[(high >= 4) & (low <= 2)]),
        hard=_mean(right[low >= 4]),
        pairs=len(pairs),
    )


def _mean(values: NDArray[np.float64]) -> float | None:
    return float(values.mean()) if len(values) else None


def _figures(scores: Scores, wanted: Set[int]) -> list[float]:
    groups = TieGroups.of(scores, sorted(wanted))
    return [
        groups.reciprocal_rank(),
        groups.average_precision(),
        *(groups.hit(depth) for depth in (1, 3, 5)),
    ]
