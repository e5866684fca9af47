"""People in the order of their affinity with one asker, or in the asker's own order, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import EncodedPerson, PackedSide, pack_side
from matchmaking.calibration import Calibration
from matchmaking.mix import MixParts
from matchmaking.reasons import Reason, ReasonCode

GroundCode = Literal["similar-work", "offers-what-you-need", "needs-what-you-offer"]
Side = Literal["left", "right"]
_DIGITS = 5

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


def ground_code(side: str, code: str) -> GroundCode | None:
    """Say a reason's code as somebody on this side reads it; None for a code unknown here."""
    return _CODES[side].get(ReasonCode(code)) if code in set(ReasonCode) else None


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
        Whom to rank, ready to compare or not; their keys are profile ids.
    side
        The asker's side: the affinity knows left from right.
    """

    def __init__(
        self,
        asker: EncodedPerson,
        people: PackedSide,
        side: str,
        calibration: Calibration,
    ) -> None:
        self._side = side
        one = pack_side([asker], calibration.plan)
        sides = (one, people) if side == "left" else (people, one)
        self._scorer = AffinityScorer(*sides, calibration)
        rows, columns = (np.arange(size) for size in self._scorer.shape)
        self._directions = self._scorer.directions(rows, columns)
        self._scores = self._directions.score.ravel()
        self._ids = [int(key) for key in people.keys]
        self.order_by(self._scores)

    def __len__(self) -> int:
        return len(self._order)

    @property
    def profile_ids(self) -> list[int]:
        """Whom it ranks, in the order of ``parts``."""
        return self._ids

    @property
    def parts(self) -> MixParts:
        """What the scores are made of, as the asker sees it."""
        signals = self._directions.signals
        gets, gives = signals.left_gets.ravel(), signals.right_gets.ravel()
        if self._side == "right":
            gets, gives = gives, gets
        return MixParts(self._scores, signals.work.ravel(), gets, gives)

    def order_by(self, values: NDArray[np.floating]) -> None:
        """Put people in another order than that of their scores, the highest value first.

        Scores, grades and grounds stay what they are.

        Parameters
        ----------
        values
            (n,) in the order of ``profile_ids``.
        """
        # Equal values in the order of ids, so that a page does not change by itself; the last
        # digits of a product depend on where in a block it stands.
        self._order = np.lexsort((np.array(self._ids), -np.round(values, _DIGITS)))

    def first(self, count: int) -> NDArray[np.int64]:
        """Give the places within ``profile_ids`` of the first people in the order."""
        return self._order[:count]

    def leave_out(self, profile_ids: Collection[int]) -> None:
        """Take people out of the order; who is not in it is no matter."""
        stays = [self._ids[place] not in profile_ids for place in self._order]
        self._order = self._order[np.array(stays, bool)]

    def first_ids(self, count: int) -> list[int]:
        """Give the profile ids of the first people in the order."""
        return [self._ids[place] for place in self._order[:count].tolist()]

    def part(self, first: int, count: int) -> tuple[Ranked, ...]:
        """Give the people from a place on, counted from 0."""
        return tuple(self._ranked(int(place)) for place in self._order[first : first + count])

    def grounds(self, ranked: Ranked) -> tuple[Ground, ...]:
        """Say why somebody has their place, the strongest ground first."""
        here = (0, ranked.position) if self._side == "left" else (ranked.position, 0)
        found = self._scorer.explain_within(self._directions, here, *here)
        return tuple(self._ground(reason) for reason in found.reasons)

    def _ranked(self, place: int) -> Ranked:
        score = float(self._scores[place])
        grade = self._scorer.calibration.grade(score)
        return Ranked(self._ids[place], score, grade.value, place)

    def _ground(self, reason: Reason) -> Ground:
        pairs = tuple(
            Pair(item.left, item.right, item.similarity)
            if self._side == "left"
            else Pair(item.right, item.left, item.similarity)
            for item in reason.evidence
        )
        return Ground(_CODES[self._side][reason.code], reason.strength, pairs)
