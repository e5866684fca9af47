"""What a person wants more of in their own list: the like, what completes them, or the new.

Public: ``Mix``, ``MixParts``, ``preference(mix, parts)``.

A mix orders one person's own list and nothing else. It reads the parts of the affinity that are
computed anyway, so it costs nothing, and it changes no score, no grade, no reason and no round:
whoever asks for the new must not thereby get other partners than they were told, nor must somebody
else's list change by it.

With s the score, w the value of the likeness of two people's work, g and h the values of what the
asker gets of their needs and what they give of the other's (``affinity``; each in (0, 1), 0 where
nothing is known), and c the share of fields and topics in common:

balanced
    s: the score itself.
similar
    (s + w) / 2: the like first. Half stays the score, so that nobody comes first who gains nothing.
complementary
    (s + x) / 2: who brings what one lacks, or lacks what one brings; x is the mean of g and h, or
    the one of them that is known.
exploratory
    2 b n / (b + n), the harmonic mean of a bridge b and of novelty n: somebody far from one's own
    work to whom there is a way all the same. The novelty n = 1 - (w + c) / 2, or 1 - w where either
    of the two named no field or topic. The bridge b = max(g, h), or s / 2 where neither has an
    offer that the other could need: likeness alone is a weak bridge. The harmonic mean is small as
    soon as either is, so neither a near colleague nor a stranger without any tie comes first.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matchmaking.errors import BadInput

Values = NDArray[np.float32]


class Mix(StrEnum):
    """What a person wants more of."""

    BALANCED = "balanced"
    SIMILAR = "similar"
    COMPLEMENTARY = "complementary"
    EXPLORATORY = "exploratory"


@dataclass(frozen=True, slots=True)
class MixParts:
    """What one asker's list is ordered by, an (n,) array each, one value a candidate.

    Parameters
    ----------
    score
        The affinity.
    work, gets, gives
        The values of its three signals as the asker sees them; NaN where there is no such text.
    shared
        The share of fields and topics that the two have in common, 0 to 1; NaN where either named
        none. Only the exploratory mix reads it; without it, None.
    """

    score: Values
    work: Values
    gets: Values
    gives: Values
    shared: Values | None = None

    def __post_init__(self) -> None:
        given = [self.work, self.gets, self.gives]
        given += [] if self.shared is None else [self.shared]
        if self.score.ndim != 1 or any(one.shape != self.score.shape for one in given):
            raise BadInput("the parts of a mix must be arrays of one length")


def preference(mix: Mix, parts: MixParts) -> Values:
    """Return what to order one asker's candidates by, (n,) in [0, 1]; higher comes first."""
    if mix is Mix.BALANCED:
        return parts.score
    work, gets, gives = (_known(part) for part in (parts.work, parts.gets, parts.gives))
    if mix is Mix.SIMILAR:
        return _mean(parts.score, work)
    if mix is Mix.COMPLEMENTARY:
        both = np.isfinite(parts.gets) & np.isfinite(parts.gives)
        return _mean(parts.score, np.where(both, _mean(gets, gives), gets + gives))
    no_exchange = np.isnan(parts.gets) & np.isnan(parts.gives)
    bridge = np.where(no_exchange, parts.score / 2, np.maximum(gets, gives))
    novelty = 1 - np.where(_unknown(parts), work, (work + _shared(parts)) / 2)
    value: Values = 2 * bridge * novelty / np.maximum(bridge + novelty, np.float32(1e-9))
    return value


def shared_share(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return the share of two people's fields and topics that both have; NaN when one has none.

    It is counted of the shorter list (the overlap coefficient), so that a long list is no distance.
    """
    if not mine or not theirs:
        return float("nan")
    return len(mine & theirs) / min(len(mine), len(theirs))


def _mean(one: Values, other: Values) -> Values:
    value: Values = (one + other) * np.float32(0.5)
    return value


def _known(part: Values) -> Values:
    return np.nan_to_num(part, nan=0.0)


def _shared(parts: MixParts) -> Values:
    return _known(parts.score * 0 if parts.shared is None else parts.shared)


def _unknown(parts: MixParts) -> NDArray[np.bool_]:
    if parts.shared is None:
        return np.ones(parts.score.shape, np.bool_)
    return np.isnan(parts.shared)
