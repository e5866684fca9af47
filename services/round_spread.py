"""How evenly a round spreads its affinity over people: what a mean would hide."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from sqlmodel import Session, select

from models import Pairing, Round

_BINS = 16


@dataclass(frozen=True)
class SideSpread:
    """One side's people by the sum of their pairs' affinities.

    ``counts`` has one number for each bin of the spread that this belongs to.
    """

    side: str
    worst: float
    middle: float
    best: float
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Spread:
    """Both sides on one scale of equal bins from 0 to ``top``; ``highest`` is the largest count."""

    top: float
    highest: int
    sides: tuple[SideSpread, ...]

    def edges(self) -> list[tuple[float, float]]:
        """List the bins as (from, to)."""
        width = self.top / _BINS
        return [(number * width, (number + 1) * width) for number in range(_BINS)]


def spread_of(session: Session, row: Round) -> Spread | None:
    """Read how a round's affinity is spread, in one query; None for a round without pairs.

    People who got no partner at all are not in it: they are among the unmet.
    """
    columns = (Pairing.left_id, Pairing.right_id, Pairing.score)
    totals: dict[str, dict[int, float]] = {"left": defaultdict(float), "right": defaultdict(float)}
    for left, right, score in session.exec(select(*columns).where(Pairing.round_id == row.id)):
        totals["left"][left] += score
        totals["right"][right] += score
    if not totals["left"]:
        return None
    top = max(max(side.values()) for side in totals.values()) or 1.0
    sides = tuple(_side(name, sorted(people.values()), top) for name, people in totals.items())
    return Spread(top, max(max(side.counts) for side in sides), sides)


def _side(name: str, totals: list[float], top: float) -> SideSpread:
    counts = [0] * _BINS
    for total in totals:
        counts[min(_BINS - 1, int(total / top * _BINS))] += 1
    return SideSpread(name, totals[0], median(totals), totals[-1], tuple(counts))
