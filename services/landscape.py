"""The picture of the front page: drawn by the worker, kept with the edition, without names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import update
from sqlmodel import Session, col, select

from matchmaking.landscape import neighbours_across, project
from models import Edition, EditionCountry, Participation, Passage, PassageVector, Profile
from services.consents_reading import may_be_paired
from services.landscape_map import place_on_map
from services.participants import VISIBLE_TO_PARTICIPANTS


@dataclass(frozen=True)
class Point:
    """One person of the landscape, from 0 to 1 on both axes; nothing else is known of them."""

    x: float
    y: float
    side: str


@dataclass(frozen=True)
class Link:
    """Two people of the landscape, one of each side, of whom one is the other's nearest."""

    a: Point
    b: Point


# With more lines than this nobody would see one.
MOST_JOINED = 400


def links(points: list[Point]) -> list[Link]:
    """Join everybody to the nearest of the other side; nobody when there are too many to see."""
    if len(points) > MOST_JOINED:
        return []
    left, right = ([p for p in points if p.side == side] for side in ("left", "right"))
    places = [
        np.array([(p.x, p.y) for p in side], np.float32).reshape(-1, 2) for side in (left, right)
    ]
    return [Link(left[one], right[other]) for one, other in neighbours_across(*places)]


def landscape(edition: Edition) -> list[Point]:
    """Read the picture as the worker last drew it."""
    return [Point(*point) for point in edition.landscape]


def redraw_without(session: Session, profile_ids: Sequence[int]) -> None:
    """Drop the pictures that some people stand in; the worker draws them again without them."""
    places = select(Participation.edition_id).where(col(Participation.profile_id).in_(profile_ids))
    session.execute(update(Edition).where(col(Edition.id).in_(places)).values(landscape=[]))


def draw_landscape(session: Session, edition: Edition, encoder: str) -> int:
    """Draw the people who published their profiles, by the mean of their vectors.

    Parameters
    ----------
    encoder
        One that reads every passage, whatever its language, so that all stand in one space.

    Returns
    -------
    How many people were drawn.
    """
    query = (
        select(Profile.id, EditionCountry.side, PassageVector.vector)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .join(Passage, col(Passage.profile_id) == Profile.id)
        .join(PassageVector, col(PassageVector.passage_id) == Passage.id)
        .where(
            Participation.edition_id == edition.id,
            EditionCountry.edition_id == edition.id,
            PassageVector.encoder == encoder,
            col(Profile.confirmed_at).is_not(None),
            col(Profile.published_at).is_not(None),
            col(Profile.visibility).in_(VISIBLE_TO_PARTICIPANTS),
            may_be_paired(),
        )
        .order_by(col(Profile.id))
    )
    sums: dict[int, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}
    sides: dict[int, str] = {}
    for person, side, data in session.exec(query).yield_per(1000):
        vector = np.frombuffer(data, "<f4")
        sums[person] = sums[person] + vector if person in sums else vector
        sides[person] = side
    if sums:
        means = np.vstack([total / np.linalg.norm(total) for total in sums.values()])
        plane = project(means.astype(np.float32)).round(3).tolist()
    else:
        plane = []
    edition.landscape = [[x, y, side] for (x, y), side in zip(plane, sides.values(), strict=True)]
    places = {one: (x, y) for one, (x, y) in zip(sides, plane, strict=True)}
    place_on_map(session, edition.id, places)
    session.add(edition)
    session.flush()
    return len(plane)
