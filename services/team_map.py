"""Where the members of a team stand in the research landscape.

Public: ``places_of(session, edition, viewer, profile_ids) -> dict``.
"""

from collections.abc import Collection

from sqlmodel import Session, col, select

from models import Edition, Participation, Profile
from services.visibility import Viewer, visible_in


def places_of(
    session: Session, edition: Edition, viewer: Viewer, profile_ids: Collection[int]
) -> dict[int, tuple[float, float]]:
    """Read where people stand, both axes from 0 to 1; one query.

    Who may not be shown, or whose texts the worker has not laid out yet, is missing.
    """
    rows = session.exec(
        select(Participation.profile_id, Participation.map_x, Participation.map_y)
        .join(Profile, col(Profile.id) == Participation.profile_id)
        .where(
            Participation.edition_id == edition.id,
            col(Participation.profile_id).in_(profile_ids),
            col(Participation.map_x).is_not(None),
            visible_in(edition.id, viewer),
        )
    )
    return {one: (x, y) for one, x, y in rows if x is not None and y is not None}
