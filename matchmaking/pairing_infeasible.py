"""Who stays short, why, and what would help."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchmaking.pairing_change import smallest_change
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_reroute import Facing, mirrored
from matchmaking.pairing_result import Progress, Side, Unmet, Why
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import BlockScorer, FloatArray, IntArray

_AT_ONCE = 2**20
_TELL_EVERY = 4096
_ASK_EVERY = 16


@dataclass(frozen=True)
class _View:
    """One side's people who are short, with all that explains them."""

    side: Side
    facing: Facing
    liftable: PairSet
    missing: IntArray
    least: IntArray


def explain_unmet(problem: PairingProblem, pairs: IntArray, watch: Watch) -> tuple[Unmet, ...]:
    """Explain everybody who has fewer partners than their least.

    Parameters
    ----------
    problem
        What was asked.
    pairs
        (k, 2) what came out: a pairing with as few missing partners as possible.
    watch
        Told after every block of people.

    Notes
    -----
    Scores of the people concerned are asked for once more, in blocks.
    """
    if not _short(problem.left, pairs[:, 0]) and not _short(problem.right, pairs[:, 1]):
        return ()
    left = _view(problem, pairs)
    right = _turned(left, problem)
    total = int((left.missing > 0).sum() + (right.missing > 0).sum())
    found: list[Unmet] = []
    for view in (left, right):
        for index, scores in _short_people(problem.scorer, view):
            if len(found) % _TELL_EVERY == 0:
                watch.report(Progress("explanation", len(found), total))
            elif len(found) % _ASK_EVERY == 0:
                watch.check("explanation")
            found.append(_unmet(view, index, scores))
    return tuple(found)


def _view(problem: PairingProblem, pairs: IntArray) -> _View:
    shape = problem.shape
    fixed = np.concatenate((problem.forbidden, problem.sealed, problem.pinned))
    sealed = PairSet.of(problem.sealed, shape)
    facing = Facing(
        near=_kept(problem.left, pairs[:, 0]),
        far=_kept(problem.right, pairs[:, 1]),
        partners=PairSet.of(pairs, shape),
        fixed=PairSet.of(fixed, shape),
    )
    return _View(
        side="left",
        facing=facing,
        liftable=PairSet.of(problem.forbidden[~sealed.holds(problem.forbidden)], shape),
        missing=problem.left.least - facing.near.least,
        least=problem.left.least,
    )


def _turned(view: _View, problem: PairingProblem) -> _View:
    facing = view.facing
    return _View(
        side="right",
        facing=Facing(
            near=facing.far,
            far=facing.near,
            partners=mirrored(facing.partners),
            fixed=mirrored(facing.fixed),
        ),
        liftable=mirrored(view.liftable),
        missing=problem.right.least - facing.far.least,
        least=problem.right.least,
    )


def _short(bounds: Bounds, people: IntArray) -> bool:
    return bool((np.bincount(people, minlength=len(bounds.least)) < bounds.least).any())


def _kept(bounds: Bounds, people: IntArray) -> Bounds:
    """Lower every least to what the person has."""
    degree = np.bincount(people, minlength=len(bounds.least))
    return Bounds(np.minimum(bounds.least, degree), bounds.most)


def _short_people(scorer: BlockScorer, view: _View) -> Iterator[tuple[int, FloatArray]]:
    """Go through the people who are short, with their scores for the whole far side."""
    short = np.flatnonzero(view.missing > 0).astype(np.int32)
    others = np.arange(view.facing.partners.width, dtype=np.int32)
    step = max(1, _AT_ONCE // max(1, len(others)))
    for start in range(0, len(short), step):
        people = short[start : start + step]
        if view.side == "left":
            scores = scorer.score(people, others)
        else:
            scores = scorer.score(others, people).T
        yield from zip(people.tolist(), scores, strict=True)


def _unmet(view: _View, index: int, scores: FloatArray) -> Unmet:
    missing = int(view.missing[index])
    change = smallest_change(
        view.facing, view.liftable, view.side, index, missing, np.asarray(scores, np.float64)
    )
    return Unmet(view.side, index, missing, _why(view, index), change)


def _why(view: _View, index: int) -> Why:
    takes_part = view.facing.far.most > 0
    allowed = takes_part.copy()
    allowed[view.facing.fixed.row(index)] = False
    # a pin is among the fixed pairs, but it is a partner
    allowed[view.facing.partners.row(index)] = True
    least = int(view.least[index])
    if np.count_nonzero(takes_part) < least:
        return "too-few-people"
    if not allowed.any():
        return "no-allowed-partner"
    if np.count_nonzero(allowed) < least:
        return "not-enough-partners"
    return "partners-full"
