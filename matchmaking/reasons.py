"""Why a pair suits: codes, numbers and the passages behind them; templates make the sentences.

Public: ``ReasonCode``, ``Evidence``, ``Reason``, ``Explanation``.
"""

from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """What a reason says."""

    SIMILAR_WORK = "similar-work"
    """The two passages of research text or publications that carry the match."""
    RIGHT_OFFERS_WHAT_LEFT_NEEDS = "right-offers-what-left-needs"
    LEFT_OFFERS_WHAT_RIGHT_NEEDS = "left-offers-what-right-needs"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two passages that were compared, by their names within their persons.

    ``similarity`` is on the scale of the English encoder's cosine, whatever the languages.
    """

    left: str
    right: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a match.

    Parameters
    ----------
    code
        What it says.
    strength
        The signal's value in (0, 1), as it went into the score.
    evidence
        The best pairs of passages, best first.
    """

    code: ReasonCode
    strength: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair's score and its reasons, the strongest first.

    ``for_left`` and ``for_right`` are how good the match is for either; the score is their
    harmonic mean.
    """

    left: str
    right: str
    score: float
    for_left: float
    for_right: float
    reasons: tuple[Reason, ...]
