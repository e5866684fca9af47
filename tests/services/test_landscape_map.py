"""The map: who stands on it, where, and who is off it at once."""

import pytest
from sqlmodel import Session, select

from models import Edition, Participation, Profile
from services.landscape_map import map_points, place_on_map
from services.roles import Roles
from services.visibility import Viewer
from tests.factories import Factory

ORGANISER = Viewer(None, Roles(organises_all=True))


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


def _places(session: Session, edition: Edition) -> dict[str, tuple[float, float]]:
    found = map_points(session, edition, ORGANISER)
    return {point.name: (point.x, point.y) for point in found}


def test_everybody_stands_where_the_worker_put_them(
    make: Factory, session: Session, edition: Edition
) -> None:
    one, other = make.profile(edition, name="A"), make.profile(edition, name="B", country="KR")
    place_on_map(session, edition.id, {one.id: (0.1, 0.2), other.id: (0.3, 0.4)})
    assert _places(session, edition) == {"A": (0.1, 0.2), "B": (0.3, 0.4)}


def test_a_new_map_takes_off_whoever_is_not_on_it(
    make: Factory, session: Session, edition: Edition
) -> None:
    one, other = make.profile(edition, name="A"), make.profile(edition, name="B")
    place_on_map(session, edition.id, {one.id: (0.1, 0.2), other.id: (0.3, 0.4)})
    place_on_map(session, edition.id, {other.id: (0.5, 0.6)})
    assert _places(session, edition) == {"B": (0.5, 0.6)}


@pytest.mark.parametrize("hidden", [{"visibility": "nobody"}, {"published_at": None}])
def test_whoever_hides_is_off_the_map_before_it_is_drawn_again(
    make: Factory, session: Session, edition: Edition, hidden: dict[str, str | None]
) -> None:
    one = make.profile(edition, name="A")
    place_on_map(session, edition.id, {one.id: (0.1, 0.2)})
    row = session.exec(select(Profile)).one()
    for name, value in hidden.items():
        setattr(row, name, value)
    session.commit()
    assert _places(session, edition) == {}


def test_a_person_of_two_editions_has_a_place_in_each(
    make: Factory, session: Session, edition: Edition
) -> None:
    other = make.edition()
    one = make.profile(edition, name="A")
    make.participation(other, one)
    place_on_map(session, edition.id, {one.id: (0.1, 0.2)})
    place_on_map(session, other.id, {one.id: (0.8, 0.9)})
    assert _places(session, edition) == {"A": (0.1, 0.2)}
    assert _places(session, other) == {"A": (0.8, 0.9)}


def test_who_leaves_takes_their_place_along(
    make: Factory, session: Session, edition: Edition
) -> None:
    one = make.profile(edition, name="A")
    place_on_map(session, edition.id, {one.id: (0.1, 0.2)})
    session.delete(session.exec(select(Participation)).one())
    session.commit()
    assert _places(session, edition) == {}
