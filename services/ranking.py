"""People in the order of their affinity with one asker, and the grounds as the asker sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPerson, pack_side
from matchmaking.calibration import Calibration
from matchmaking.reasons import Reason, ReasonCode

GroundCode = Literal["similar-work", "offers-what-you-need", "needs-what-you-offer"]
Side = Literal["left", "right"]

_CODES: dict[str, dict[ReasonCode, GroundCode]] = {
    "left": {
        ReasonCode.SIMILAR_WORK: "similar-work",
        ReasonCode.RIGHT_OFFERS_WHAT_LEFT_NEEDS: "offers-what-you-need",
        ReasonCode.LEFT_OFFERS_WHAT_RIGHT_NEEDS: "needs-what-you-offer",
    },
    "right": {
        ReasonCode.SIMILAR_WORK: "similar-work",
        ReasonCode.RIGHT_OFFERS_WHAT_LEFT_NEEDS: "needs-what-you-offer",
        ReasonCode.LEFT_OFFERS_WHAT_RIGHT_NEEDS: "offers-what-you-need",
    },
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that carry a ground, by their names within the asker and the other."""

    mine: str
    theirs: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground for meeting: what it says, how strong it is in (0, 1), and the best passages."""

    code: GroundCode
    strength: float
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody's place in a ranking."""

    profile_id: int
    score: float
    grade: str
    position: int


class Ranking:
    """People scored for one asker, the best first.

    Parameters
    ----------
    asker
        Whose ranking it is; need not be a profile.
    people
        Whom to rank; their keys are profile ids.
    side
        The asker's side: the affinity knows left from right.
    """

    def __init__(
        self,
        asker: EncodedPerson,
        people: Sequence[EncodedPerson],
        side: str,
        calibration: Calibration,
    ) -> None:
        self._side = side
        plan = calibration.plan
        one, others = pack_side([asker], plan), pack_side(people, plan)
        sides = (one, others) if side == "left" else (others, one)
        self._scorer = AffinityScorer(*sides, calibration)
        rows, columns = (np.arange(size) for size in self._scorer.shape)
        scores = self._scorer.score(rows, columns).ravel() if people else np.zeros(0, np.float32)
        # Equal scores in the order of ids, so that a page does not change by itself.
        order = np.lexsort((np.array([int(person.key) for person in people]), -scores))
        self._ranked = tuple(
            Ranked(
                int(people[place].key),
                float(scores[place]),
                calibration.grade(float(scores[place])).value,
                int(place),
            )
            for place in order
        )

    def __len__(self) -> int:
        return len(self._ranked)

    def part(self, first: int, count: int) -> tuple[Ranked, ...]:
        """Give the people from a place on, counted from 0."""
        return self._ranked[first : first + count]

    def grounds(self, ranked: Ranked) -> tuple[Ground, ...]:
        """Say why somebody has their place, the strongest ground first."""
        here = (0, ranked.position) if self._side == "left" else (ranked.position, 0)
        return tuple(self._ground(reason) for reason in self._scorer.explain(*here).reasons)

    def _ground(self, reason: Reason) -> Ground:
        pairs = tuple(
            Pair(item.left, item.right, item.similarity)
            if self._side == "left"
            else Pair(item.right, item.left, item.similarity)
            for item in reason.evidence
        )
        return Ground(_CODES[self._side][reason.code], reason.strength, pairs)
