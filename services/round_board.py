"""A finished round laid out for changes by hand: pairs, scores, bounds, and what is ruled out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from sqlalchemy import func
from sqlmodel import Session, select

from matchmaking.proof import RoundProof
from matchmaking.proof_file import proof_of_values
from matchmaking.proof_scores import MOST_EXACT, Matrix
from matchmaking.scorers import FloatArray, IntArray
from models import Round, RoundManifest, RoundPerson
from services.errors import NotFound, ServiceError

Kind = Literal["swap", "left", "right"]
KINDS: tuple[Kind, ...] = ("swap", "left", "right")
Refusal = Literal["published", "not-done", "too-large", "not-possible", "not-open"]


class CannotChange(ServiceError):
    """A round cannot be changed by hand, or not like this; ``reason`` says why, as a code."""

    code = "cannot-change"

    def __init__(self, reason: Refusal) -> None:
        super().__init__(f"This change by hand is refused: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PairIds:
    """Two people by profile id."""

    left: int
    right: int


@dataclass(frozen=True, slots=True)
class HandChange:
    """Pairs that go, pairs that come instead, and what these are worth together.

    ``loss`` is how much less the total affinity is afterwards; below 0 when it is more.
    """

    removed: tuple[PairIds, ...]
    added: tuple[PairIds, ...]
    scores: tuple[float, ...]
    loss: float


class RoundBoard:
    """Reads a round's manifest with the keys of those who are still known."""

    def __init__(self, session: Session, row: Round) -> None:
        if row.state != "done":
            raise CannotChange("not-done")
        if _size(session, row) > MOST_EXACT:
            raise CannotChange("too-large")
        kept = session.get(RoundManifest, row.id)
        if kept is None:
            raise NotFound(f"Round {row.number} has no manifest: run a new round.")
        self.proof: RoundProof = proof_of_values(json.loads(kept.body), kept.scores)
        if self.proof.scores.encoding != "exact":
            raise CannotChange("too-large")
        self.scores: Matrix = self.proof.scores.matrix()
        self._read_keys(session, row)
        self.taken = _flags(self.scores.shape, self.proof.pairs)
        self._pinned = _flags(self.scores.shape, self.proof.pinned)
        self._barred = _flags(self.scores.shape, self.proof.forbidden) | self.taken

    def _read_keys(self, session: Session, row: Round) -> None:
        columns = (RoundPerson.pseudonym, RoundPerson.profile_id)
        query = select(*columns).where(RoundPerson.round_id == row.id)
        known = dict(session.exec(query).all())
        sides = self.proof.left.people, self.proof.right.people
        # Whoever was erased stays on the board, and is nobody's new partner.
        self._ids = [np.array([known.get(name, 0) for name in side]) for side in sides]
        self._places = [{one: place for place, one in enumerate(ids.tolist())} for ids in self._ids]

    def changes(self, pair: PairIds, kind: Kind, most: int = 10) -> list[HandChange]:
        """List what can be done to a pair, the smallest loss first.

        Parameters
        ----------
        kind
            ``swap``: its partners with another pair's; ``left`` or ``right``: somebody else there.
        """
        row, column = self._place(pair)
        if self._pinned[row, column]:
            return []
        if kind == "swap":
            return list(self._swaps(row, column, most))
        return list(self._replacements(row, column, kind, most))

    def score_of(self, pair: PairIds) -> float:
        """Give what a pair of the round is worth."""
        return float(self.scores[self._place(pair)])

    def change(self, pair: PairIds, kind: Kind, other: PairIds) -> HandChange:
        """Make one change: a swap with another pair, or the pair that comes in place of this.

        Raises
        ------
        CannotChange
            When bounds, a pin, or what rules pairs out speak against it.
        """
        everything = self.changes(pair, kind, most=self.scores.size)
        for one in everything:
            if other in (one.removed if kind == "swap" else one.added):
                return one
        raise CannotChange("not-possible")

    def _place(self, pair: PairIds) -> tuple[int, int]:
        left, right = self._places
        if pair.left not in left or pair.right not in right:
            raise CannotChange("not-possible")
        place = left[pair.left], right[pair.right]
        if not self.taken[place]:
            raise CannotChange("not-possible")
        return place

    def _swaps(self, row: int, column: int, most: int) -> Iterator[HandChange]:
        rows, columns = self.proof.pairs.T
        able = ~self._barred[row, columns] & ~self._barred[rows, column]
        able &= ~self._pinned[rows, columns] & (rows != row) & (columns != column)
        able &= self._known(0)[rows] & self._known(1)[columns]
        rows, columns = rows[able], columns[able]
        scores = self.scores.astype(np.float64)
        loss = scores[row, column] + scores[rows, columns]
        loss -= scores[row, columns] + scores[rows, column]
        for place in np.argsort(loss, kind="stable")[:most].tolist():
            other = int(rows[place]), int(columns[place])
            yield self._change(
                ((row, column), other), ((row, other[1]), (other[0], column)), loss[place]
            )

    def _replacements(self, row: int, column: int, kind: Kind, most: int) -> Iterator[HandChange]:
        """Put somebody else on one side of a pair who has room; who goes must keep their least."""
        axis = 0 if kind == "left" else 1
        side = self.proof.left if kind == "left" else self.proof.right
        held = self.taken.sum(axis=1 - axis)
        if held[(row, column)[axis]] - 1 < side.least[(row, column)[axis]]:
            return
        barred = self._barred[:, column] if kind == "left" else self._barred[row]
        able = np.flatnonzero(~barred & (held < side.most) & self._known(axis))
        scores = self.scores[able, column] if kind == "left" else self.scores[row, able]
        loss = float(self.scores[row, column]) - scores.astype(np.float64)
        for place in np.argsort(loss, kind="stable")[:most].tolist():
            one = int(able[place])
            added = (one, column) if kind == "left" else (row, one)
            yield self._change(((row, column),), (added,), loss[place])

    def _known(self, axis: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        return self._ids[axis] > 0

    def _change(
        self,
        removed: tuple[tuple[int, int], ...],
        added: tuple[tuple[int, int], ...],
        loss: float,
    ) -> HandChange:
        return HandChange(
            tuple(self._pair(*place) for place in removed),
            tuple(self._pair(*place) for place in added),
            tuple(float(self.scores[place]) for place in added),
            float(loss),
        )

    def _pair(self, row: int, column: int) -> PairIds:
        return PairIds(int(self._ids[0][row]), int(self._ids[1][column]))

    def pairs_after(self, change: HandChange) -> IntArray:
        """Give all pairs (k, 2), by their places in the manifest, as they are after a change."""
        after = self.taken.copy()
        left, right = self._places
        for pair in change.removed:
            after[left[pair.left], right[pair.right]] = False
        for pair in change.added:
            after[left[pair.left], right[pair.right]] = True
        return np.argwhere(after).astype(np.int32)

    def totals(self, pairs: IntArray) -> tuple[FloatArray, FloatArray]:
        """Sum up what everybody has of these pairs, left and right."""
        rows, columns = pairs.T
        scores = self.scores[rows, columns].astype(np.float64)
        n, m = self.scores.shape
        left, right = np.zeros(n), np.zeros(m)
        np.add.at(left, rows, scores)
        np.add.at(right, columns, scores)
        return left, right


def _size(session: Session, row: Round) -> int:
    """Count the pairs of a round that might be: those of many people have no exact scores."""
    query = select(RoundPerson.side, func.count()).where(RoundPerson.round_id == row.id)
    sides = dict(session.exec(query.group_by(RoundPerson.side)).all())
    return sides.get("left", 0) * sides.get("right", 0)


def _flags(
    shape: tuple[int, ...], pairs: IntArray
) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    found = np.zeros((shape[0], shape[1]), bool)
    found[pairs[:, 0], pairs[:, 1]] = True
    return found
