"""People ready to compare, of whom any may change: found by id, and ranked roughly by a guess."""

from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinitySettings
from matchmaking.affinity_outline import Basis, Outline, guessed
from matchmaking.affinity_parts import join, take
from matchmaking.affinity_side import IntVector, PackedSide
from matchmaking.calibration import Calibration
from matchmaking.encoders import FloatMatrix
from matchmaking.near_index import NearIndex, nearest
from services.ready_side import make_ready

_MOST_BATCHES = 8
_FOUND = 800
"""How many people FAISS finds by either of their vectors, to be guessed at."""
_GROWN = 2
_DIGITS = 5


class ReadyPeople:
    """Batches of people in the order in which they came; a person counts as last put in.

    Whoever is put in again, or dropped, leaves a gap in an earlier batch. Batches are put together
    when they are many. Not safe for threads that change it.
    """

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration
        self._batches: list[PackedSide] = []
        self._outlines: list[Outline | None] = []
        self._indexes: list[NearIndex | None] = []
        self._starts = np.zeros(1, np.int64)
        self._speaks = np.zeros(0, bool)
        # who stands in each row; -1 for a gap
        self._ids = np.zeros(0, np.int64)
        # the row of each person, counted through all batches
        self._rows: dict[int, int] = {}
        self._basis: Basis | None = None
        self._basis_of = 0

    def __contains__(self, profile_id: int) -> bool:
        return profile_id in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, people: PackedSide) -> None:
        """Take people in, in the place of what was known of them."""
        if len(people):
            self._append(people)
            if len(self._batches) > _MOST_BATCHES:
                self._put_together()

    def drop(self, profile_ids: Iterable[int]) -> None:
        """Forget people; who is not there is no error."""
        for one in profile_ids:
            row = self._rows.pop(one, None)
            if row is not None:
                self._ids[row] = -1

    def of(self, profile_ids: Collection[int]) -> PackedSide:
        """Return those who are there and said anything, by id."""
        return self._taken(self._rows_of(profile_ids))

    def near(self, asker: PackedSide, profile_ids: Collection[int], most: int) -> PackedSide:
        """Return those of some people who seem nearest to an asker who is ready to compare.

        Parameters
        ----------
        most
            How many: 1 or more. When there are no more than so many, all are returned.
        """
        rows = self._rows_of(profile_ids)
        if len(rows) > most:
            guesses = self._guesses(asker)[rows]
            rows = np.sort(rows[np.argpartition(guesses, len(rows) - most)[len(rows) - most :]])
        return self._taken(rows)

    def first(self, asker: PackedSide, most: int) -> list[int]:
        """Return the ids of those who seem nearest to an asker, the nearest first.

        FAISS finds them among all, and those it finds are guessed at; who said nothing is out.

        Parameters
        ----------
        most
            How many: 1 or more.
        """
        self.outline()
        assert self._basis is not None  # noqa: S101 - made by the line above
        mine = Outline.of(asker, self._basis)
        rows = nearest([index for index in self._indexes if index], mine, _FOUND)
        ids = self._ids[rows]
        there = self._speaks[rows] & (ids >= 0)
        guesses = np.round(self._guesses_of(mine, rows[there]), _DIGITS)
        order: IntVector = np.lexsort((ids[there], -guesses))
        return [int(one) for one in ids[there][order[:most]]]

    def settle(self) -> None:
        """Make what a guess among everybody needs, before somebody waits for it.

        People who came in several batches are put together first: a search of one index costs a
        fraction of one in each of many.
        """
        if len(self._batches) > 1 and not any(self._outlines):
            self._put_together(whole=True)
        self.outline()

    def outline(self) -> None:
        """Make what is missing for a guess, of the batches as they are."""
        if self._basis is None or len(self) > _GROWN * self._basis_of:
            largest = max(self._batches, key=len)
            self._basis, self._basis_of = Basis.of(largest), len(self)
            self._outlines = [None] * len(self._batches)
            self._indexes = [None] * len(self._batches)
        for number, batch in enumerate(self._batches):
            if self._outlines[number] is None:
                outline = Outline.of(batch, self._basis)
                self._outlines[number] = outline
                self._indexes[number] = NearIndex(
                    outline, self._basis, self._calibration, AffinitySettings()
                )

    def _guesses(self, asker: PackedSide) -> FloatMatrix:
        self.outline()
        assert self._basis is not None  # noqa: S101 - made by the line above
        mine = Outline.of(asker, self._basis)
        parts = [
            guessed(mine, theirs, self._calibration, AffinitySettings())[0]
            for theirs in self._outlines
            if theirs is not None
        ]
        return np.concatenate(parts)

    def _guesses_of(self, mine: Outline, rows: IntVector) -> FloatMatrix:
        """Guess at the people of some rows, which rise."""
        parts = [np.zeros(0, np.float32)]
        for number, outline in enumerate(self._outlines):
            some = rows[_within(rows, self._starts, number)] - self._starts[number]
            if outline is not None and len(some):
                theirs = outline.facing(mine).take(some)
                parts.append(guessed(mine, theirs, self._calibration, AffinitySettings())[0])
        return np.concatenate(parts)

    def _rows_of(self, profile_ids: Collection[int]) -> IntVector:
        known = (self._rows.get(one, -1) for one in sorted(profile_ids))
        rows = np.fromiter(known, np.int64, len(profile_ids))
        rows = rows[rows >= 0]
        return rows[self._speaks[rows]]

    def _taken(self, rows: IntVector) -> PackedSide:
        batches = np.searchsorted(self._starts, rows, side="right") - 1
        parts = [
            take(self._batches[batch], rows[batches == batch] - self._starts[batch])
            for batch in np.unique(batches).tolist()
        ]
        return join(parts) if parts else make_ready([], self._calibration)

    def _append(self, people: PackedSide) -> None:
        first = int(self._starts[-1])
        self._batches.append(people)
        self._outlines.append(None)
        self._indexes.append(None)
        self._starts = np.append(self._starts, first + len(people))
        self._speaks = np.concatenate([self._speaks, _speaks(people)])
        ids = np.array(people.keys, np.int64)
        self.drop(ids.tolist())
        self._ids = np.concatenate([self._ids, ids])
        self._rows.update((one, first + place) for place, one in enumerate(ids.tolist()))

    def _put_together(self, *, whole: bool = False) -> None:
        """Make one batch of all, or of all but the first while this is much the largest."""
        later = sum(len(batch) for batch in self._batches[1:])
        kept = 1 if not whole and len(self._batches[0]) > _GROWN * later else 0
        alive = np.sort(np.fromiter(self._rows.values(), np.int64, len(self._rows)))
        batches, outlines, starts = self._batches, self._outlines, self._starts
        self._batches, self._outlines = batches[:kept], outlines[:kept]
        self._indexes = self._indexes[:kept]
        self._starts, self._speaks = starts[: kept + 1], self._speaks[: starts[kept]]
        self._ids = self._ids[: starts[kept]]
        self._rows = {one: row for one, row in self._rows.items() if row < starts[kept]}
        parts = [
            take(batches[number], alive[_within(alive, starts, number)] - starts[number])
            for number in range(kept, len(batches))
        ]
        self._append(join(parts))


def _within(rows: IntVector, starts: IntVector, batch: int) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (rows >= starts[batch]) & (rows < starts[batch + 1])
    return inside


def _speaks(people: PackedSide) -> NDArray[np.bool_]:
    shelves = (people.expertise, people.offers, people.needs)
    counts = [
        view.counts for one in shelves for view in (one.english, one.english_every, one.korean)
    ]
    said: NDArray[np.bool_] = np.sum(counts, axis=0) > 0
    return said
