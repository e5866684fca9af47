"""What a person could add to their needs, and whom it would bring: scored, not guessed.

Public: ``OfferedText(key, passage)``, ``AddedNeed(offer, brought)``,
``Brought(key, before, after)``, ``best_added_need(asker, offers, people, side, calibration)``.

Among what others offer and the asker does not ask for, alike offers are put together (leaders in
the order given, joined from a cosine of ``ALIKE`` on). For the first offer of each of the largest
groups the asker is scored again as if it were a need of theirs: the same words, so the vectors are
there already, and the result is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPassage, EncodedPerson, PackedSide, pack_side
from matchmaking.calibration import Calibration, Grade
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.passages import Kind

ALIKE = 0.6
"""From this cosine on, two short texts say about the same thing."""
TRIED = 16
NAMED = 3
_ORDER = tuple(Grade)


@dataclass(frozen=True, slots=True)
class OfferedText:
    """One thing that somebody offers: their key, and the passage with its vectors."""

    key: str
    passage: EncodedPassage


@dataclass(frozen=True, slots=True)
class Brought:
    """Somebody whose grade would rise."""

    key: str
    before: Grade
    after: Grade


@dataclass(frozen=True, slots=True)
class AddedNeed:
    """The offer that would do most as a need of the asker's, and whom it would bring."""

    offer: OfferedText
    brought: tuple[Brought, ...]


def best_added_need(
    asker: EncodedPerson,
    offers: Sequence[OfferedText],
    people: PackedSide,
    side: str,
    calibration: Calibration,
) -> AddedNeed | None:
    """Find the need whose addition raises most, and the people whose grade it raises.

    Parameters
    ----------
    offers
        What to choose from, that of the people who fit best first.
    people
        Whom it may bring, ready to compare or not.
    side
        The asker's side: the affinity knows left from right.

    Returns
    -------
    None when nobody's grade would rise. What counts is the sum of the three largest rises.

    Raises
    ------
    BadInput
        When an offer has no vector in the encoder of every language.
    """
    every = calibration.plan.every
    if any(every not in one.passage.vectors for one in offers):
        raise BadInput("an offer is not encoded yet: leave it out")
    new = _not_asked_for(asker, offers, every)
    if not new or not len(people):
        return None
    tried = _leaders(new, every)
    wishes = [asker, *(_with_need(asker, one) for one in tried)]
    scores = _scores(wishes, people, side, calibration)
    found = [
        AddedNeed(offer, _brought(people.keys, scores[0], after, calibration))
        for offer, after in zip(tried, scores[1:], strict=True)
    ]
    gains = [_gain(one, people.keys, scores[0], scores[row]) for row, one in enumerate(found, 1)]
    best = int(np.argmax(gains))
    return found[best] if gains[best] > 0 else None


def _not_asked_for(
    asker: EncodedPerson, offers: Sequence[OfferedText], every: str
) -> list[OfferedText]:
    needs = [
        one.vectors[every]
        for one in asker.passages
        if one.passage.kind is Kind.NEED and every in one.vectors
    ]
    if not needs:
        return list(offers)
    asked = np.stack(needs)
    return [one for one in offers if (asked @ one.passage.vectors[every]).max() < ALIKE]


def _leaders(offers: Sequence[OfferedText], every: str) -> list[OfferedText]:
    """Choose the first offer of each group of alike ones, of the largest groups."""
    vectors: FloatMatrix = np.stack([one.passage.vectors[every] for one in offers])
    leaders: list[int] = []
    sizes: dict[int, int] = {}
    for number, vector in enumerate(vectors):
        near = [one for one in leaders if float(vectors[one] @ vector) >= ALIKE]
        if near:
            sizes[near[0]] += 1
        else:
            leaders.append(number)
            sizes[number] = 1
    largest = sorted(leaders, key=lambda one: (-sizes[one], one))[:TRIED]
    return [offers[one] for one in largest]


def _with_need(asker: EncodedPerson, offer: OfferedText) -> EncodedPerson:
    needs = [one.passage.source for one in asker.passages if one.passage.kind is Kind.NEED]
    as_need = replace(
        offer.passage.passage, kind=Kind.NEED, source=max(needs, default=-1) + 1, weight=1.0
    )
    need = EncodedPassage(as_need, offer.passage.vectors)
    return EncodedPerson(asker.key, (*asker.passages, need))


def _scores(
    askers: Sequence[EncodedPerson], people: PackedSide, side: str, calibration: Calibration
) -> FloatMatrix:
    """Score each version of the asker with everybody, (versions, people)."""
    versions = [replace(one, key=str(number)) for number, one in enumerate(askers)]
    packed = pack_side(versions, calibration.plan)
    sides = (packed, people) if side == "left" else (people, packed)
    scorer = AffinityScorer(*sides, calibration)
    rows, columns = (np.arange(size) for size in scorer.shape)
    scores = scorer.score(rows, columns)
    return scores if side == "left" else scores.T


def _brought(
    keys: Sequence[str],
    before: NDArray[np.float32],
    after: NDArray[np.float32],
    calibration: Calibration,
) -> tuple[Brought, ...]:
    raised: Mapping[int, float] = {
        int(place): float(after[place] - before[place]) for place in np.flatnonzero(after > before)
    }
    found = []
    for place in sorted(raised, key=lambda one: (-raised[one], one)):
        was, would = (calibration.grade(float(scores[place])) for scores in (before, after))
        if _ORDER.index(would) != _ORDER.index(was):
            found.append(Brought(keys[place], was, would))
    return tuple(found[:NAMED])


def _gain(
    one: AddedNeed,
    keys: Sequence[str],
    before: NDArray[np.float32],
    after: NDArray[np.float32],
) -> float:
    places = [keys.index(brought.key) for brought in one.brought]
    return float(sum(after[place] - before[place] for place in places))
