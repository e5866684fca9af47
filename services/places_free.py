"""How many places are free on each side of an edition, and who stands in line for one."""

from dataclasses import dataclass

from sqlalchemy import and_, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, EditionCountry, Participation, Profile, WaitingPlace
from models.edition import SIDES


@dataclass
class FreePlaces:
    """How many more people each side of an edition takes; None is any number.

    A side on which somebody waits takes nobody else: whoever came first is next.
    """

    left: int | None = None
    right: int | None = None

    def take(self, side: str | None) -> bool:
        """Take a place on a side, if it has one."""
        free = self.left if side == "left" else self.right if side == "right" else None
        if free is None:
            return True
        if free <= 0:
            return False
        setattr(self, side or "", free - 1)
        return True


def capacity_of(edition: Edition, side: str) -> int | None:
    """Tell how many people a side takes."""
    return edition.capacity_left if side == "left" else edition.capacity_right


def free_places(session: Session, edition: Edition) -> FreePlaces:
    """Count what is free for whoever comes now; nothing is where somebody waits."""
    free = unfilled(session, edition)
    waiting = _counts(session, edition.id, WaitingPlace)
    for side in SIDES:
        if waiting[side] and free[side] is not None:
            free[side] = 0
    return FreePlaces(free["left"], free["right"])


def unfilled(session: Session, edition: Edition) -> dict[str, int | None]:
    """Count what is left of each side's capacity, whoever waits for it; None is any number."""
    taken = _counts(session, edition.id, Participation)
    capacities = {side: capacity_of(edition, side) for side in SIDES}
    return {
        side: None if most is None else max(0, most - taken[side])
        for side, most in capacities.items()
    }


def queue(edition_id: int, side: str | None) -> SelectOfScalar[int]:
    """Make the query for who waits on a side, whoever is next first."""
    on_side = and_(
        col(EditionCountry.country) == Profile.country,
        col(EditionCountry.edition_id) == edition_id,
    )
    return (
        select(WaitingPlace.profile_id)
        .join(Profile, col(Profile.id) == WaitingPlace.profile_id)
        .join(EditionCountry, on_side)
        .where(WaitingPlace.edition_id == edition_id, EditionCountry.side == side)
        .order_by(col(WaitingPlace.id))
    )


def _counts(
    session: Session, edition_id: int, table: type[Participation | WaitingPlace]
) -> dict[str, int]:
    query = (
        select(EditionCountry.side, func.count())
        .join(Profile, col(Profile.country) == EditionCountry.country)
        .join(table, col(table.profile_id) == Profile.id)
        .where(EditionCountry.edition_id == edition_id, col(table.edition_id) == edition_id)
        .group_by(EditionCountry.side)
    )
    return dict.fromkeys(SIDES, 0) | dict(session.exec(query).all())
