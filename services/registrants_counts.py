"""How many registrants of an edition are in each state."""

from collections.abc import Mapping

from sqlalchemy import and_, case, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from models import EditionCountry, Profile
from services.registrants_query import STATES, in_state, on_side, places


def state_counts(session: Session, edition_id: int) -> Mapping[str, int]:
    """Count an edition's registrants by state, and by side under "left" and "right"; one query.

    The sides count places only.
    """
    place = places(edition_id)
    sums = [
        func.sum(case((in_state(state, place, edition_id), 1), else_=0)).label(state)
        for state in STATES
    ]
    placed = place.c.waiting.is_(False)
    sides = [
        func.sum(case((and_(col(EditionCountry.side) == side, placed), 1), else_=0))
        for side in ("left", "right")
    ]
    query = (
        select_columns(*sums, *sides)
        .select_from(Profile)
        .join(place, place.c.profile_id == Profile.id)
        .outerjoin(EditionCountry, on_side(edition_id))
    )
    row = session.execute(query).one()
    return {name: found or 0 for name, found in zip((*STATES, "left", "right"), row, strict=True)}
