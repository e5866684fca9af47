"""The sizes that a team can have, half by half.

Public: ``Shape``, ``Shapes``, ``shapes_of(problem)``.

The size of a team, and of each half where halves are about equal, is one of few. Each is searched
and bounded on its own, because means over members and pairs are then sums.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaking.consortium_problem import TeamProblem
from matchmaking.scorers import IntArray

_NEITHER = 2
"""The group of whoever is in neither of two teams."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How many members there are in each group: two halves, or the whole team as one."""

    counts: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many members there are."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Shapes:
    """The group of each candidate, (n,) from 0, and every shape that a team may have."""

    group: IntArray
    every: tuple[Shape, ...]


def shapes_of(problem: TeamProblem) -> Shapes:
    """Find the shapes that fit the size, the locked members, and who there is.

    Whether a country rule can be met is not looked at; a balance rule about the groups is.
    """
    group, most = _groups(problem)
    room = _room(problem, group)
    locked = np.bincount(group[list(problem.locked)], minlength=len(room))
    again = np.bincount(group[list(same_entity_again(problem))], minlength=len(room))
    every = tuple(
        Shape(split)
        for size in range(problem.size[0], problem.size[1] + 1)
        for split in _splits(size, room)
        if all(low <= count <= high for low, count, high in zip(locked, split, room, strict=True))
        and (most is None or abs(split[0] - again[0] - split[1] + again[1]) <= most)
    )
    return Shapes(group, every)


def same_entity_again(problem: TeamProblem) -> tuple[int, ...]:
    """List the locked members whose entity another locked one before them brings already."""
    seen: set[int] = set()
    again = []
    for one in problem.locked:
        entity = int(problem.entity[one])
        if entity in seen:
            again.append(one)
        seen.add(entity)
    return tuple(again)


def _groups(problem: TeamProblem) -> tuple[IntArray, int | None]:
    """Choose what a shape counts, and by how many entities the two may differ."""
    rules = problem.rules.balance
    if problem.mirror:
        own = [rule.most for rule in rules if np.array_equal(rule.team, problem.half)]
        return problem.half.astype(np.int64), min(own, default=1)
    for rule in rules[:1]:
        # whoever is in neither team is a group of their own: only locked ones are taken
        return np.where(rule.team < 0, _NEITHER, rule.team).astype(np.int64), rule.most
    return np.zeros(problem.people, np.int64), None


def _splits(size: int, room: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if len(room) == 1:
        yield (size,)
    elif len(room) == _NEITHER:
        yield from ((left, size - left) for left in range(1, size))
    else:
        rest = size - room[_NEITHER]
        yield from ((left, rest - left, room[_NEITHER]) for left in range(1, rest))


def _room(problem: TeamProblem, group: IntArray) -> list[int]:
    """Count the members that each group could have at most: its entities, and who is locked."""
    free = np.ones(problem.people, bool)
    free[list(problem.excluded)] = False
    locked, again = group[list(problem.locked)], group[list(same_entity_again(problem))]
    groups = 2 if problem.mirror or problem.rules.balance else 1
    room = [
        len(np.unique(problem.entity[free & (group == one)])) + int((again == one).sum())
        for one in range(groups)
    ]
    in_neither = int((locked == _NEITHER).sum())
    return [*room, in_neither] if in_neither else room
