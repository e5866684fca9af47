"""How evenly an edition's lists show people, before and after the correction, as it was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from matchmaking.exposure import Counts, Exposure, exposure
from models import Edition, EditionCountry, Participation, Profile

BARS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """How many people stand on ``low`` to ``high`` lists, without the correction and with it."""

    low: int
    high: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class SideExposure:
    """One side's people, as the other side's lists show them.

    ``affinity_before`` and ``affinity_after`` are the mean scores of the places on those lists.
    """

    side: str
    before: Exposure
    after: Exposure
    affinity_before: float
    affinity_after: float
    bars: tuple[Bar, ...]

    @property
    def cost(self) -> float:
        """The share of affinity that the lists lose by the correction."""
        if not self.affinity_before:
            return 0.0
        return 1 - self.affinity_after / self.affinity_before


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """The first ``length`` places of everybody's list, as they were at ``made_at``."""

    made_at: datetime
    length: int
    left: SideExposure
    right: SideExposure

    @property
    def sides(self) -> tuple[SideExposure, SideExposure]:
        """Both sides, left first."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Unseen:
    """Somebody who stands on no list: with the correction, or but for it (``helped``)."""

    profile_id: int
    name: str
    side: str
    helped: bool


def exposure_report(session: Session, edition: Edition) -> ExposureReport | None:
    """Sum up what was kept of an edition's lists; None before the first computation. One query."""
    if edition.exposure is None:
        return None
    counts: dict[str, list[tuple[int, int]]] = {"left": [], "right": []}
    query = select(
        EditionCountry.side, Participation.lists_before, Participation.lists_after
    ).where(*_here(edition), col(Participation.lists_after).is_not(None))
    for side, before, after in session.exec(query.join_from(Participation, Profile)):
        counts[side].append((before or 0, after or 0))
    sides = {name: _side(edition, name, pairs) for name, pairs in counts.items()}
    return ExposureReport(
        made_at=datetime.fromisoformat(edition.exposure["made_at"]),
        length=edition.exposure["settings"]["length"],
        left=sides["left"],
        right=sides["right"],
    )


def unseen(session: Session, edition: Edition) -> Sequence[Unseen]:
    """List who stands on no list, those whom the correction did not help first. One query."""
    query = (
        select(Profile.id, Profile.name, EditionCountry.side, Participation.lists_after)
        .join_from(Participation, Profile)
        .where(
            *_here(edition),
            (col(Participation.lists_before) == 0) | (col(Participation.lists_after) == 0),
        )
        .order_by(col(Participation.lists_after), Profile.name, col(Profile.id))
    )
    return [
        Unseen(profile_id, name, side, helped=bool(after))
        for profile_id, name, side, after in session.exec(query)
    ]


def _here(edition: Edition) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Participation.edition_id) == edition.id,
        col(EditionCountry.edition_id) == edition.id,
        col(EditionCountry.country) == Profile.country,
    )


def _side(edition: Edition, side: str, pairs: Sequence[tuple[int, int]]) -> SideExposure:
    before, after = (np.array([pair[place] for pair in pairs], np.int64) for place in (0, 1))
    known = edition.exposure or {}
    affinity = known["affinity"][side]
    return SideExposure(
        side, exposure(before), exposure(after), affinity[0], affinity[1], _bars(before, after)
    )


def _bars(before: Counts, after: Counts) -> tuple[Bar, ...]:
    """Count people by the number of lists they stand on; none at all has a bar of its own."""
    top = int(max(before.max(initial=0), after.max(initial=0)))
    width = max(1, -(-top // (BARS - 1)))
    spans = [(0, 0), *((low, low + width - 1) for low in range(1, top + 1, width))]
    return tuple(
        Bar(low, high, _inside(before, low, high), _inside(after, low, high)) for low, high in spans
    )


def _inside(counts: Counts, low: int, high: int) -> int:
    return int(((low <= counts) & (counts <= high)).sum())
