"""What fairness cost a round: written down with it, and read again for its page."""

from dataclasses import dataclass
from typing import Any

from matchmaking.fairness import FairResult
from models import Round


@dataclass(frozen=True)
class CurvePoint:
    """With nobody below ``floor``, this share of the largest total was given up."""

    floor: float
    price: float


@dataclass(frozen=True)
class SideChange:
    """The worst-off person's total on one side, before and after."""

    side: str
    before: float
    after: float


@dataclass(frozen=True)
class RoundFairness:
    """What a fair round raised, what no choice could exceed, and what it cost.

    ``floor`` is the smallest total of those whom a choice could change; ``curve`` has the lowest
    floor first.
    """

    side: str
    floor: float
    worst_bound: float
    price: float
    largest_total: float
    sides: tuple[SideChange, ...]
    curve: tuple[CurvePoint, ...]


def fairness_record(result: FairResult) -> dict[str, Any]:
    """Write down what the columns of a round do not hold."""
    return {
        "side": result.side,
        "floor": result.floor,
        "largest_total": result.plain.total,
        "largest_bound": result.plain.certificate.bound,
        "before_left": result.plain.worst_left,
        "before_right": result.plain.worst_right,
        "curve": [[step.floor, step.total] for step in result.curve],
    }


def fairness_of(row: Round) -> RoundFairness | None:
    """Read what fairness did to a finished round; None when it was not asked for."""
    record = row.fairness
    if record is None or row.worst_bound is None or row.price is None:
        return None
    largest = record["largest_total"]
    return RoundFairness(
        side=record["side"],
        floor=record["floor"],
        worst_bound=row.worst_bound,
        price=row.price,
        largest_total=largest,
        sides=(
            SideChange("left", record["before_left"], row.worst_left or 0.0),
            SideChange("right", record["before_right"], row.worst_right or 0.0),
        ),
        curve=tuple(
            CurvePoint(floor, max(0.0, (largest - total) / abs(largest)) if largest else 0.0)
            for floor, total in record["curve"]
        ),
    )
