"""Free a place by moving other people's partners along an alternating path."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_problem import Bounds
from matchmaking.scorers import IntArray


@dataclass(frozen=True)
class Facing:
    """A finished pairing as one side sees it: `near` is the person's own side, `far` the other.

    Attributes
    ----------
    near, far
        The bounds that everybody keeps.
    partners
        The chosen pairs (near, far), pins among them.
    fixed
        The pairs (near, far) that may be neither given up nor made: excluded and pinned ones.
    """

    near: Bounds
    far: Bounds
    partners: PairSet
    fixed: PairSet


class Rerouting:
    """The pairing while places are freed in it, one after the other, for one person.

    Parameters
    ----------
    facing
        The pairing to begin with; it is not changed.
    person
        Whom the places are for; none of this person's partners is moved.
    """

    def __init__(self, facing: Facing, person: int) -> None:
        self._facing = facing
        self._person = person
        self._near = [set(facing.partners.row(i).tolist()) for i in range(facing.partners.height)]
        self._far: list[set[int]] = [set() for _ in range(facing.partners.width)]
        for near, others in enumerate(self._near):
            for far in others:
                self._far[far].add(near)

    def free_one(self, wanted: Iterable[int]) -> int | None:
        """Give the person one of the wanted far people, if others can move to make room.

        Nobody goes above their most or, but for who has more, loses a partner; None when there is
        no way. O(n m) at worst: everybody is visited once.
        """
        came_from: dict[int, int | None] = dict.fromkeys(wanted)
        giver: dict[int, int] = {}
        queue = deque(came_from)
        while queue:
            far = queue.popleft()
            if len(self._far[far]) < self._facing.far.most[far]:
                return self._move(far, came_from, giver)
            for near in sorted(self._far[far] - giver.keys() - {self._person}):
                if far in self._facing.fixed.row(near):
                    continue
                giver[near] = far
                if len(self._near[near]) > self._facing.near.least[near]:
                    self._part(near, far)
                    return self._move(far, came_from, giver)
                for other in self._open_to(near, came_from):
                    came_from[other] = near
                    queue.append(other)
        return None

    def _open_to(self, near: int, seen: Iterable[int]) -> list[int]:
        barred = np.zeros(len(self._far), bool)
        barred[self._facing.fixed.row(near)] = True
        barred[np.fromiter(seen, np.int64)] = True
        barred[list(self._near[near])] = True
        return np.flatnonzero(~barred).tolist()

    def _move(self, far: int, came_from: dict[int, int | None], giver: dict[int, int]) -> int:
        """Walk back to the person, handing every far place on; return the one they get."""
        near = came_from[far]
        while near is not None:
            self._near[near].add(far)
            self._far[far].add(near)
            far = giver[near]
            self._part(near, far)
            near = came_from[far]
        self._near[self._person].add(far)
        self._far[far].add(self._person)
        return far

    def _part(self, near: int, far: int) -> None:
        self._near[near].remove(far)
        self._far[far].remove(near)


def mirrored(pairs: PairSet) -> PairSet:
    """Return the same pairs seen from the other side."""
    turned: IntArray = pairs.pairs()[:, ::-1]
    return PairSet.of(turned, (pairs.width, pairs.height))
