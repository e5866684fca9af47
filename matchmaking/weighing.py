"""How much each passage of a person speaks for them: key works more, old works less.

Public: ``Weighing`` with ``weights(passages)``, ``weighed(person, weighing)``, ``AS_GIVEN``.

The weights are a person's own shares: whoever else takes part changes none of them. They are
found among the passages of one language, because those are the ones whose weights add up to 1 in a
comparison; so a Korean text that is added changes no weight of an English one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity_side import EncodedPerson
from matchmaking.errors import BadInput
from matchmaking.passages import Kind, Passage


@dataclass(frozen=True, slots=True)
class Weighing:
    """What counts for how much within a person.

    Parameters
    ----------
    year
        The year in which the edition starts: from it, and not from today, a work's age is
        counted, so that scores do not drift from day to day. None leaves age out.
    half_life
        After so many years a work counts half, in years, above 0; infinite leaves age out.
    key_work
        How many times as much as an ordinary work a key work counts, 1 or more.
    """

    year: int | None = None
    half_life: float = 15.0
    key_work: float = 2.0

    def __post_init__(self) -> None:
        if not self.half_life > 0 or not 1 <= self.key_work < float("inf"):
            raise BadInput("half_life must be above 0 and key_work 1 or more")

    def weights(self, passages: Sequence[Passage]) -> NDArray[np.float64]:
        """Return the weight of each passage of one person, (n,), above 0.

        A text of now, such as the research text, has no age. A publication of an unknown year
        counts as the person's dated ones of its language do on average: neither as new nor as old.
        """
        result = np.array([self._as_marked(passage) for passage in passages], np.float64)
        for hangul in (False, True):
            places = [place for place, one in enumerate(passages) if one.hangul == hangul]
            result[places] *= self._freshness([passages[place] for place in places])
        return result

    def _as_marked(self, passage: Passage) -> float:
        return passage.weight * (self.key_work if passage.key_work else 1.0)

    def _freshness(self, passages: Sequence[Passage]) -> NDArray[np.float64]:
        if self.year is None:
            return np.ones(len(passages))
        ages = np.array(
            [
                np.nan if one.year is None else max(0, self.year - one.year)
                for one in passages
                if one.kind is Kind.PUBLICATION
            ]
        )
        fresh = 0.5 ** (ages / self.half_life)
        known = fresh[~np.isnan(fresh)]
        fresh[np.isnan(fresh)] = known.mean() if len(known) else 1.0
        result = np.ones(len(passages))
        result[[one.kind is Kind.PUBLICATION for one in passages]] = fresh
        return result


AS_GIVEN = Weighing()


def weighed(person: EncodedPerson, weighing: Weighing) -> EncodedPerson:
    """Return a person whose passages carry their final weights, ready to be packed."""
    weights = weighing.weights([item.passage for item in person.passages]).tolist()
    return EncodedPerson(
        person.key,
        tuple(
            replace(item, passage=replace(item.passage, weight=weight))
            for item, weight in zip(person.passages, weights, strict=True)
        ),
    )
