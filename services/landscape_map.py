"""The map of the research landscape for organisers: everybody who may be shown, where they stand.

The worker lays people out with the picture of the front page (``services.landscape``). Who may be
shown is asked each time, so that whoever withdraws is off the map at once.
"""

from dataclasses import dataclass

from sqlalchemy import select as select_columns
from sqlalchemy import update
from sqlmodel import Session, col

from models import Edition, EditionCountry, Participation, Profile
from services.visibility import Viewer, visible_in
from services.visibility_parts import shows


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A person on the map; both axes go from 0 to 1. Name and organisation may be hidden: empty."""

    profile_id: int
    x: float
    y: float
    side: str
    name: str
    name_native: str
    organisation: str
    country: str


def map_points(session: Session, edition: Edition, viewer: Viewer) -> list[MapPoint]:
    """List everybody on the map whom somebody may see, by name; one query."""
    query = (
        select_columns(
            col(Profile.id),
            col(Participation.map_x),
            col(Participation.map_y),
            col(EditionCountry.side),
            col(Profile.name),
            col(Profile.name_native),
            col(Profile.organisation_name),
            col(Profile.country),
            shows("identity", viewer),
        )
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            col(Participation.edition_id) == edition.id,
            col(EditionCountry.edition_id) == edition.id,
            col(Participation.map_x).is_not(None),
            visible_in(edition.id, viewer),
        )
        .order_by(col(Profile.name), col(Profile.id))
    )
    return [_told(*row) for row in session.execute(query)]


def _told(
    profile_id: int,
    x: float,
    y: float,
    side: str,
    name: str,
    native: str,
    organisation: str,
    country: str,
    named: bool,
) -> MapPoint:
    if not named:
        name = native = organisation = ""
    return MapPoint(profile_id, x, y, side, name, native, organisation, country)


def place_on_map(session: Session, edition_id: int, places: dict[int, tuple[float, float]]) -> None:
    """Keep where people stand, by profile id; everybody else of the edition is taken off."""
    session.execute(
        update(Participation)
        .where(col(Participation.edition_id) == edition_id, col(Participation.map_x).is_not(None))
        .values(map_x=None, map_y=None)
    )
    rows = session.execute(
        select_columns(col(Participation.id), col(Participation.profile_id)).where(
            col(Participation.edition_id) == edition_id
        )
    ).all()
    placed = [
        {"id": row_id, "map_x": places[one][0], "map_y": places[one][1]}
        for row_id, one in rows
        if one in places
    ]
    if placed:
        session.execute(update(Participation), placed)
