"""The front page shows the edition that comes next, its dates, and a picture without names."""

from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session

from models import Edition, Passage, PassageVector, Profile
from services.front import edition_ahead, next_moments
from services.landscape import MOST_JOINED, Link, Point, draw_landscape, landscape, links
from tests.factories import Factory

ENCODER = "any"


def write_vector(session: Session, profile: Profile, values: list[float]) -> None:
    passage = Passage(profile_id=profile.id, kind="research", text="text", text_hash="hash")
    session.add(passage)
    session.flush()
    data = np.array(values, "<f4").tobytes()
    row = PassageVector(passage_id=passage.id, encoder=ENCODER, text_hash="hash", vector=data)
    session.add(row)
    session.commit()


def person(make: Factory, edition: Edition, values: list[float], **given: object) -> Profile:
    made = make.profile(edition, **given)
    write_vector(make.session, made, values)
    return made


def test_the_edition_that_ends_first_from_now_on_is_ahead(
    make: Factory, session: Session, now: datetime
) -> None:
    make.edition(starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=8))
    make.edition(ends_at=now + timedelta(days=90))
    soon = make.edition(ends_at=now + timedelta(days=31))
    make.edition(state="draft", ends_at=now + timedelta(days=1))
    assert edition_ahead(session, now) == soon


def test_a_forum_without_editions_has_none_ahead(session: Session, now: datetime) -> None:
    assert edition_ahead(session, now) is None


def test_the_next_two_moments_are_shown(make: Factory, now: datetime) -> None:
    edition = make.edition()
    assert [code for code, _ in next_moments(edition, now)] == ["closes", "starts"]
    assert [code for code, _ in next_moments(edition, edition.closes_at)] == ["starts", "ends"]
    assert next_moments(edition, edition.ends_at) == []


def test_the_landscape_shows_sides_and_nothing_else(make: Factory, session: Session) -> None:
    edition = make.edition()
    person(make, edition, [1, 0, 0])
    person(make, edition, [0, 1, 0], country="KR")
    assert draw_landscape(session, edition, ENCODER) == 2
    points = landscape(edition)
    assert [point.side for point in points] == ["left", "right"]
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in points)


def test_only_people_who_published_are_drawn(
    make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition()
    person(make, edition, [1, 0, 0])
    person(make, edition, [0, 1, 0], published_at=None)
    person(make, edition, [0, 1, 0], confirmed_at=None)
    person(make, edition, [0, 0, 1], visibility="organisers")
    write_vector(session, make.profile(), [0, 0, 1])
    assert draw_landscape(session, edition, ENCODER) == 1


def test_a_person_with_many_passages_is_one_point(make: Factory, session: Session) -> None:
    edition = make.edition()
    one = person(make, edition, [1, 0, 0])
    passage = Passage(profile_id=one.id, kind="offer", text="offer", text_hash="other")
    session.add(passage)
    session.flush()
    data = np.array([0, 1, 0], "<f4").tobytes()
    session.add(
        PassageVector(passage_id=passage.id, encoder=ENCODER, text_hash="other", vector=data)
    )
    session.commit()
    assert draw_landscape(session, edition, ENCODER) == 1


def test_an_edition_without_vectors_has_an_empty_landscape(make: Factory, session: Session) -> None:
    edition = make.edition()
    assert draw_landscape(session, edition, ENCODER) == 0
    assert landscape(edition) == []


def test_the_picture_joins_everybody_to_the_nearest_of_the_other_side() -> None:
    near, far = Point(0.1, 0.1, "right"), Point(0.9, 0.9, "right")
    one = Point(0.0, 0.0, "left")
    assert links([far, one, near]) == [Link(one, far), Link(one, near)]
    assert links([one]) == []
    assert links([]) == []


def test_a_crowd_is_not_joined() -> None:
    crowd = [Point(0.0, 0.0, "left"), Point(1.0, 1.0, "right")] * MOST_JOINED
    assert links(crowd) == []
