"""The affinity of people: the one place where a pair gets its score.

Public: ``AffinitySettings``, ``AffinityScorer(left, right, calibration, settings)`` with
``.shape``, ``.score(rows, columns)`` and ``.explain(row, column)``.

A pair's score is made in four steps.

1. *Signals.* Passages are compared by cosine, after what all have in common is taken out
   (``calibration_centres``): two English ones in the English encoder and by their words, others in
   the encoder of every language, brought to the former's scale. A person's English and Korean
   passages are two views of them; within two views the soft best cosine counts
   (``affinity_segments``), and of the views the best. So a Korean text added never lowers what two
   people's English texts have earned. There are three signals: the work of both, what the right
   offers against what the left needs, and the reverse.
2. *Calibration.* Each signal becomes a value in (0, 1) with a meaning in the edition's reference
   sample (``calibration``); a new person moves nobody else's.
3. *Direction.* How good the match is for either: the mean of the work's value and of what they
   would get of their needs. A signal that has no text is left out.
4. *Reciprocity.* The score is the harmonic mean of the two directions.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity_evidence import best_evidence
from matchmaking.affinity_segments import soft_best
from matchmaking.affinity_side import IntVector, PackedSide, Shelf
from matchmaking.calibration import Calibration, Curve
from matchmaking.calibration_centres import centred_side
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.reasons import Explanation, Reason, ReasonCode

_EXPLAINED = 64
"""Pairs of a list whose signals are read in one block."""


@dataclass(frozen=True, slots=True)
class AffinitySettings:
    """What the affinity weighs, the same for everybody of an edition.

    Parameters
    ----------
    words
        The share of common words in a comparison of English texts, 0 to 1; the sense has the rest.
    sharpness
        Of the soft best over passages of work: 0 their mean, infinite their maximum.
    need_sharpness
        The same over offers and needs.
    need_weight
        The weight of needs met in a direction, 0 to 1; the work has the rest.
    unknown
        The value of a direction of which nothing is known.
    """

    words: float = 1 / 3
    sharpness: float = 12.0
    need_sharpness: float = 16.0
    need_weight: float = 0.35
    unknown: float = 0.05

    def __post_init__(self) -> None:
        # beyond 60 the exponentials would overflow single precision
        if not (0 < self.sharpness <= 60 and 0 < self.need_sharpness <= 60):
            raise BadInput("sharpness must be above 0 and 60 at most")
        if not (0 <= self.words <= 1 and 0 <= self.need_weight <= 1 and 0 < self.unknown < 1):
            raise BadInput("words and need_weight must be in [0, 1] and unknown in (0, 1)")


@dataclass(frozen=True, slots=True)
class Signals:
    """The three signals of a block of pairs, each (rows, columns).

    Raw they are soft best cosines, and minus infinity where one has no text of this kind; read
    from the curves they are values in (0, 1), and NaN there.
    """

    work: FloatMatrix
    left_gets: FloatMatrix
    right_gets: FloatMatrix


@dataclass(frozen=True, slots=True)
class Directions:
    """How good a block of pairs is for either of the two, in (0, 1), and the signals' values."""

    for_left: FloatMatrix
    for_right: FloatMatrix
    signals: Signals

    @property
    def score(self) -> FloatMatrix:
        """The harmonic mean of both directions."""
        return harmonic(self.for_left, self.for_right)


class AffinityScorer:
    """Scores of everybody on the left with everybody on the right.

    Parameters
    ----------
    left, right
        People packed by the calibration's plan of encoders. The scorer's own ``left`` and
        ``right`` are ready to compare; handed to the next scorer, they cost nothing again.
    calibration
        The edition's, or the default one.
    settings
        The edition's.
    """

    def __init__(
        self,
        left: PackedSide,
        right: PackedSide,
        calibration: Calibration,
        settings: AffinitySettings | None = None,
    ) -> None:
        self.calibration = calibration
        self.settings = settings or AffinitySettings()
        self.left = centred_side(left, calibration.centres, self.settings.words)
        self.right = centred_side(right, calibration.centres, self.settings.words)

    @property
    def shape(self) -> tuple[int, int]:
        """How many people there are on the left and on the right."""
        return len(self.left), len(self.right)

    def score(self, rows: NDArray[np.integer], columns: NDArray[np.integer]) -> FloatMatrix:
        """Return the scores of every row with every column.

        Returns
        -------
        (len(rows), len(columns)) float32 in (0, 1); a pair gets the same score in any block.
        """
        return self.directions(rows, columns).score

    def directions(self, rows: NDArray[np.integer], columns: NDArray[np.integer]) -> Directions:
        """Return what a block's scores are made of."""
        rows, columns = _checked(rows, len(self.left)), _checked(columns, len(self.right))
        raw = raw_signals(self.left, self.right, rows, columns, self.calibration, self.settings)
        signals = Signals(
            _read(self.calibration.expertise, raw.work),
            _read(self.calibration.complement, raw.left_gets),
            _read(self.calibration.complement, raw.right_gets),
        )
        return Directions(
            directed(signals.work, signals.left_gets, self.settings),
            directed(signals.work, signals.right_gets, self.settings),
            signals,
        )

    def explain(self, row: int, column: int, evidence: int = 2) -> Explanation:
        """Say why a pair has its score.

        Parameters
        ----------
        row, column
            Numbers of the two people.
        evidence
            How many pairs of passages to name for each reason, at most.
        """
        return next(self.explain_pairs(np.array([row]), np.array([column]), evidence))

    def explain_pairs(
        self, rows: NDArray[np.integer], columns: NDArray[np.integer], evidence: int = 2
    ) -> Iterator[Explanation]:
        """Say of many pairs why they have their scores; neighbours in the list are read at once."""
        for start in range(0, len(rows), _EXPLAINED):
            some = rows[start : start + _EXPLAINED], columns[start : start + _EXPLAINED]
            left, at = np.unique(some[0], return_inverse=True)
            right, to = np.unique(some[1], return_inverse=True)
            block = self.directions(left, right)
            for row, column, *place in zip(*map(np.ndarray.tolist, (*some, at, to)), strict=True):
                yield self.explain_within(block, (place[0], place[1]), row, column, evidence)

    def explain_within(
        self, block: Directions, place: tuple[int, int], row: int, column: int, evidence: int = 2
    ) -> Explanation:
        """Say why a pair has its score, which stands at ``place`` of a block that is known."""
        left, right, signals = self.left, self.right, block.signals
        sources = (
            (ReasonCode.SIMILAR_WORK, signals.work, left.expertise, right.expertise),
            (
                ReasonCode.RIGHT_OFFERS_WHAT_LEFT_NEEDS,
                signals.left_gets,
                left.needs,
                right.offers,
            ),
            (
                ReasonCode.LEFT_OFFERS_WHAT_RIGHT_NEEDS,
                signals.right_gets,
                left.offers,
                right.needs,
            ),
        )
        reasons = [
            Reason(
                code,
                float(signal[place]),
                best_evidence(first, second, row, column, self.calibration, evidence),
            )
            for code, signal, first, second in sources
            if not np.isnan(signal[place])
        ]
        for_left, for_right = block.for_left[place], block.for_right[place]
        return Explanation(
            left.keys[row],
            right.keys[column],
            score=float(harmonic(for_left, for_right)),
            for_left=float(for_left),
            for_right=float(for_right),
            reasons=tuple(sorted(reasons, key=lambda reason: -reason.strength)),
        )


def directed(work: FloatMatrix, gets: FloatMatrix, settings: AffinitySettings) -> FloatMatrix:
    """Return how good a block of pairs is for one of the two, from values that may be NaN."""
    share = np.float32(settings.need_weight)
    value = work * (1 - share)
    value += gets * share
    if np.isnan(value).any():
        value = np.where(np.isnan(gets), work, np.where(np.isnan(work), gets, value))
        value[np.isnan(value)] = settings.unknown
    return value


def harmonic(one: FloatMatrix, other: FloatMatrix) -> FloatMatrix:
    """Return the harmonic mean of two directions."""
    mean: FloatMatrix = 2 * one * other / (one + other)
    return mean


def raw_signals(
    left: PackedSide,
    right: PackedSide,
    rows: IntVector,
    columns: IntVector,
    calibration: Calibration,
    settings: AffinitySettings,
) -> Signals:
    """Return a block's three signals as cosines on the scale of English pairs.

    The sides are centred; of the calibration only the lines are read.
    """

    def signal(first: Shelf, second: Shelf, sharpness: float) -> FloatMatrix:
        return _best_view(first, second, rows, columns, sharpness, calibration)

    return Signals(
        signal(left.expertise, right.expertise, settings.sharpness),
        signal(left.needs, right.offers, settings.need_sharpness),
        signal(left.offers, right.needs, settings.need_sharpness),
    )


def _best_view(
    left: Shelf,
    right: Shelf,
    rows: IntVector,
    columns: IntVector,
    sharpness: float,
    calibration: Calibration,
) -> FloatMatrix:
    best = soft_best(left.english, right.english, rows, columns, sharpness)
    mixed, korean = calibration.mixed, calibration.korean
    for line, (first, second) in (
        (mixed, (left.english_every, right.korean)),
        (mixed, (left.korean, right.english_every)),
        (korean, (left.korean, right.korean)),
    ):
        if first.counts_of(rows).any() and second.counts_of(columns).any():
            # the same sharpness on the common scale, whatever the encoder's own scale
            view = soft_best(first, second, rows, columns, sharpness * line.slope)
            np.maximum(best, view * np.float32(line.slope) + np.float32(line.offset), out=best)
    return best


def _read(curve: Curve, raw: FloatMatrix) -> FloatMatrix:
    value = curve(raw).astype(np.float32)
    value[np.isneginf(raw)] = np.nan
    return value


def _checked(given: NDArray[np.integer], size: int) -> IntVector:
    places: IntVector = given.astype(np.int64)
    if places.ndim != 1 or (len(places) and not 0 <= places.min() <= places.max() < size):
        raise BadInput(f"rows and columns must be numbers of people, 0 to {size - 1}")
    return places
