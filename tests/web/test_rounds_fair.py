"""An organiser asks for a fair round and reads what it cost."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, Round
from models.database import make_sessions
from services.round_queue import run_queued_rounds
from tests.factories import Factory
from tests.services.round_example import forum, known

SignIn = Callable[[Account], FlaskClient]
ROUNDS = "/organise/jeju/rounds"


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def finished(client: FlaskClient, session: Session, make: Factory, fair: str) -> str:
    given = {"least": 1, "most": 2, "seed": 0, "fair": fair}
    address = client.post("/organise/jeju/rounds", data=given).location
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    run_queued_rounds(make_sessions(engine), lambda: make.now, known)
    page: str = client.get(address).text
    return page


def test_the_form_offers_the_sides_by_the_edition_s_names(
    organiser: FlaskClient, make: Factory
) -> None:
    forum(make, left_name_en="Benelux")
    page = organiser.get(ROUNDS).text
    assert "Raise the worst-off person" in page
    for label in ("No, the largest total counts", "Benelux", "Both sides"):
        assert label in page
    assert re.search(r'<input checked[^>]*name="fair"[^>]*value="none"', page)


def test_a_fair_round_shows_before_and_after_the_price_and_the_curve(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    forum(make)
    page = finished(organiser, session, make, "both")
    assert "What raising the worst-off person changed" in page
    assert "No choice that leaves nobody below" in page
    assert re.search(r"\d\.\d{3} before, \d\.\d{3} now", page)
    assert "No choice lifts everybody above" in page
    assert session.exec(select(Round)).one().parameters["fair"] == "both"


def test_the_curve_has_its_numbers_in_a_table(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    forum(make)
    finished(organiser, session, make, "left")
    row = session.exec(select(Round)).one()
    assert row.fairness is not None
    row.fairness = {**row.fairness, "curve": [[0.2, 2.0], [0.4, 1.99]], "largest_total": 2.0}
    row.price, row.worst_bound = 0.005, 0.5
    session.add(row)
    session.commit()
    page = organiser.get("/organise/jeju/rounds/1").text
    assert "The worst-off person rises from 0.20 to" in page
    assert '<th scope="row">0.400</th><td class="number">0.50%</td>' in page
    assert page.count('class="figure-dot"') == 2


def test_a_round_without_a_floor_says_nothing_of_one(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    forum(make)
    page = finished(organiser, session, make, "none")
    assert "What raising the worst-off person changed" not in page
    assert "No choice within the bounds can exceed" in page


def test_a_side_that_is_not_offered_is_refused(organiser: FlaskClient, make: Factory) -> None:
    forum(make)
    given = {"least": 1, "most": 2, "seed": 0, "fair": "middle"}
    assert organiser.post("/organise/jeju/rounds", data=given).status_code == 422


def test_the_next_round_records_the_promises(
    organiser: FlaskClient, make: Factory, session: Session
) -> None:
    forum(make, least_early_career=1, least_newcomers=2)
    finished(organiser, session, make, "none")
    parameters = session.exec(select(Round)).one().parameters
    assert (parameters["least_early_career"], parameters["least_newcomers"]) == (1, 2)
