"""One scale for all signals, fixed for an edition, so that nobody's score moves when one joins.

Public: ``Line``, ``Curve``, ``Calibration``, ``Grade``, ``default_calibration()``,
``nines(share)``; fitting is in ``calibration_fit``.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaking.calibration_centres import Centres, ShelfCentres, Styles
from matchmaking.encoder_plan import EncoderPlan
from matchmaking.errors import BadInput

FloatArray = NDArray[np.floating[Any]]


class Grade(StrEnum):
    """A score in words, by the share of reference pairs below it."""

    EXCELLENT = "excellent"
    STRONG = "strong"
    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"


GRADE_SHARES = (
    (0.99, Grade.EXCELLENT),
    (0.95, Grade.STRONG),
    (0.80, Grade.GOOD),
    (0.50, Grade.FAIR),
    (0.00, Grade.WEAK),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A rising straight line: raw cosine to the scale of the English encoder's cosine."""

    slope: float = 1.0
    offset: float = 0.0

    def __post_init__(self) -> None:
        if not self.slope > 0:
            raise BadInput("a scale must rise")


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising curve through points, straight between them, level outside.

    Parameters
    ----------
    at, value
        Equally many, both strictly rising, at least two.
    """

    at: tuple[float, ...]
    value: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.at) != len(self.value) or len(self.at) < 2:
            raise BadInput("a curve needs as many values as places, and two at least")
        if np.any(np.diff(self.at) <= 0) or np.any(np.diff(self.value) <= 0):
            raise BadInput("a curve must rise from point to point")

    def __call__(self, x: FloatArray) -> FloatArray:
        """Read the curve at every x."""
        result: FloatArray = np.interp(x, self.at, self.value)
        return result


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns cosines into scores and scores into grades; kept with the edition.

    Parameters
    ----------
    source
        From what it was made, for people to read.
    english, every
        The encoders it holds for.
    centres
        What is taken out of every vector before it is compared.
    mixed, korean
        From cosines of an English and a Korean text, or two Korean ones, to the cosine that the
        same two texts would have in English.
    expertise, complement
        From soft best cosines to values in (0, 1), for people's work, and for offers and needs.
    scores
        The 0 %, 1 %, ... 100 % quantiles of the reference pairs' scores.
    """

    source: str
    english: str
    every: str
    centres: Centres
    mixed: Line
    korean: Line
    expertise: Curve
    complement: Curve
    scores: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.scores) < 2 or np.any(np.diff(self.scores) < 0):
            raise BadInput("the reference scores must be two or more, in rising order")

    @property
    def plan(self) -> EncoderPlan:
        """The encoders it holds for."""
        return EncoderPlan(self.english, self.every)

    def share_below(self, score: float) -> float:
        """Return the share, 0 to 1, of reference pairs that scored less; ties count half."""
        steps = len(self.scores) - 1
        low = np.searchsorted(self.scores, score, "left")
        high = np.searchsorted(self.scores, score, "right")
        if low < high:
            return float((low + high - 1) / 2 / steps)
        if low in (0, len(self.scores)):
            return float(low > 0)
        before, after = self.scores[low - 1], self.scores[low]
        return float((low - 1 + (score - before) / (after - before)) / steps)

    def grade(self, score: float) -> Grade:
        """Put a score in words."""
        share = self.share_below(score)
        return next(grade for least, grade in GRADE_SHARES if share >= least)

    def to_json(self) -> str:
        """Write it as JSON; ``from_json`` reads it back unchanged."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Calibration":
        """Read what ``to_json`` wrote.

        Raises
        ------
        BadInput
            When the text is no calibration.
        """
        try:
            return _calibration(json.loads(text))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInput("this is no calibration: calibrate the edition again") from error


@cache
def default_calibration() -> Calibration:
    """Return the calibration that ships with the rules, for editions without their own."""
    return Calibration.from_json(
        files("matchmaking").joinpath("default_calibration.json").read_text(encoding="utf-8")
    )


def nines(share: FloatArray) -> FloatArray:
    """Map the share of pairs below, [0, 1), to a value in [0, 1) by its number of nines.

    With L = -log10(1 - share) the value is L / (1 + L): half for the best tenth, 2/3 for the best
    hundredth, 3/4 for the best thousandth, about a quarter for the middle. Evenly spread shares
    would leave all pairs worth making between 0.9 and 1, where their differences vanish.
    """
    places = -np.log10(1 - share)
    value: FloatArray = places / (1 + places)
    return value


def _calibration(data: Mapping[str, Any]) -> Calibration:
    return Calibration(
        source=str(data["source"]),
        english=str(data["english"]),
        every=str(data["every"]),
        centres=_centres(data["centres"]),
        mixed=Line(**data["mixed"]),
        korean=Line(**data["korean"]),
        expertise=_curve(data["expertise"]),
        complement=_curve(data["complement"]),
        scores=tuple(map(float, data["scores"])),
    )


def _curve(data: Mapping[str, Any]) -> Curve:
    return Curve(tuple(map(float, data["at"])), tuple(map(float, data["value"])))


def _centres(data: Mapping[str, Any]) -> Centres:
    def shelf(means: Mapping[str, Any]) -> ShelfCentres:
        return ShelfCentres(**{view: tuple(map(float, mean)) for view, mean in means.items()})

    styles = {
        view: tuple(tuple(map(float, direction)) for direction in directions)
        for view, directions in data["styles"].items()
    }
    return Centres(
        shelf(data["work"]), shelf(data["offers"]), shelf(data["needs"]), Styles(**styles)
    )
