"""Before publishing: who fares how, two rounds compared, a change tried, a pair swapped by hand."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, Edition, Pairing, Profile, Round, RoundPerson
from models.database import make_sessions
from tests.factories import Factory
from tests.services.round_example import forum, run

SignIn = Callable[[Account], FlaskClient]
DESK = "/organise/jeju/rounds"
Made = tuple[Edition, list[Profile], list[Profile]]


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


@pytest.fixture
def made(make: Factory, session: Session, engine: Engine, now: datetime) -> Made:
    edition, left, right = forum(make)
    run(session, make_sessions(engine), edition, now)
    session.commit()
    return edition, left, right


def test_the_review_lists_who_fares_worst_first(organiser: FlaskClient, made: Made) -> None:
    _, left, right = made
    page = organiser.get(f"{DESK}/1/review?who=everybody").text
    assert page.index(left[2].name) < page.index(left[1].name) < page.index(left[0].name)
    assert "There are not two groups of five people to compare." in page
    assert f"{DESK}/1/review" in organiser.get(f"{DESK}/1").text
    assert right[0].name in page


def test_a_round_from_before_says_that_nothing_is_kept(
    organiser: FlaskClient, make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition(slug="jeju")
    session.add(Round(edition_id=edition.id, number=1, state="done", created_at=now))
    session.commit()
    assert "Nothing is kept of this round" in organiser.get(f"{DESK}/1/review").text


def test_groups_of_five_are_drawn_and_told_in_a_table(
    organiser: FlaskClient, make: Factory, session: Session, engine: Engine, now: datetime
) -> None:
    edition = make.edition(slug="jeju")
    for country in ("DE", "KR"):
        for _ in range(3):
            make.profile(edition, country=country, career_stage="doctoral")
    for _ in range(5):
        make.profile(edition, country="FR", career_stage="established")
    session.commit()
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now)
    session.add(row)
    session.commit()
    _keep_everybody(session, row)
    page = organiser.get(f"{DESK}/1/review").text
    assert "By side" not in page
    assert "By career stage" in page
    assert "2 groups of fewer than five people are not shown." not in page


def _keep_everybody(session: Session, row: Round) -> None:
    for person in session.exec(select(Profile)).all():
        side = "right" if person.country == "KR" else "left"
        given: dict[str, Any] = {"least": 1, "most": 2, "best": 0.5}
        name = f"name-{person.id}"
        session.add(
            RoundPerson(round_id=row.id, profile_id=person.id, side=side, pseudonym=name, **given)
        )
    session.commit()


def test_two_rounds_are_compared_and_one_alone_is_not(
    organiser: FlaskClient, made: Made, session: Session, engine: Engine, now: datetime
) -> None:
    assert "There are not two rounds to compare" in organiser.get(f"{DESK}/compare").text
    edition, _, _ = made
    run(session, make_sessions(engine), edition, now, most=2)
    session.commit()
    page = organiser.get(f"{DESK}/compare").text
    assert "Only in round 2" in page
    assert "people gained" in page
    assert "Most partners" in page
    same = organiser.get(f"{DESK}/compare?before=1&after=1").text
    assert "Choose two different rounds." in same


def test_the_smallest_change_is_tried_in_a_new_round(
    organiser: FlaskClient, made: Made, make: Factory, session: Session, engine: Engine
) -> None:
    edition, left, _ = made
    left[0].least_partners, left[0].most_partners = 2, 2
    session.add(left[0])
    session.commit()
    run(session, make_sessions(engine), edition, edition.created_at)
    session.commit()
    page = organiser.get(f"{DESK}/2").text
    assert "Try it in a new round" in page
    found = re.search(r"/rounds/2/try/(\d+)", page)
    assert found is not None
    tried = organiser.post(f"{DESK}/2/try/{found[1]}")
    assert tried.location == f"{DESK}/3"
    assert "Started by" in organiser.get(f"{DESK}/3").text
    busy = organiser.post(f"{DESK}/2/try/{found[1]}", follow_redirects=True)
    assert "Round 3 is still under way." in busy.text
    assert organiser.post(f"{DESK}/1/try/{left[1].id}").status_code == 404


def test_a_pair_is_swapped_with_its_loss_shown_before(
    organiser: FlaskClient, made: Made, session: Session
) -> None:
    _, left, right = made
    pair = {"left": left[0].id, "right": right[1].id}
    page = organiser.get(f"{DESK}/1/change", query_string=pair).text
    assert "Swap partners with another pair" in page
    assert "0.400" in page
    other = {"other_left": left[1].id, "other_right": right[0].id}
    done = organiser.post(f"{DESK}/1/change", data=pair | other | {"kind": "swap"})
    assert done.status_code == 302
    page = organiser.get(f"{DESK}/1").text
    assert "Changed. The total affinity is 0.400 less." in page
    assert "Changed by hand once." in page
    pairs = session.exec(select(Pairing.left_id, Pairing.right_id)).all()
    assert (left[0].id, right[0].id) in pairs


def test_a_change_that_is_not_possible_is_refused_in_words(
    organiser: FlaskClient, made: Made, session: Session, now: datetime
) -> None:
    _, left, right = made
    gone = {"left": left[0].id, "right": right[0].id}
    page = organiser.get(f"{DESK}/1/change", query_string=gone, follow_redirects=True).text
    assert "This change is not possible any more" in page
    page = organiser.post(f"{DESK}/1/change", data={"kind": "x"}, follow_redirects=True).text
    assert "This change is not possible any more" in page
    row = session.exec(select(Round)).one()
    row.published_at, row.withdrawn_at = now, now + timedelta(hours=1)
    session.add(row)
    session.commit()
    pair = {"left": left[0].id, "right": right[1].id}
    page = organiser.get(f"{DESK}/1/change", query_string=pair, follow_redirects=True).text
    assert "A published round is not edited" in page
