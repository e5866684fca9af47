"""An edition in pictures: with numbers beneath, to take along, and a map of everybody."""

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account, AccountRole, Edition
from services.landscape_map import place_on_map
from tests.conftest import Queries
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="jeju")


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def _people(make: Factory, session: Session, edition: Edition, count: int) -> None:
    made = [
        make.profile(edition, name=f"P{number}", name_native="김서연", country=country)
        for number in range(count)
        for country in ("DE", "KR")
    ]
    places = {one.id: (number / len(made), 0.5) for number, one in enumerate(made)}
    place_on_map(session, edition.id, places)
    session.commit()


def test_an_edition_without_people_says_what_will_be_here(
    organiser: FlaskClient, edition: Edition
) -> None:
    page = organiser.get("/organise/jeju/pictures")
    assert page.status_code == 200
    assert "Nothing to draw yet" in page.text
    assert "Nobody is on the map yet" in organiser.get("/organise/jeju/map").text


def test_each_picture_says_the_finding_and_has_its_table(
    organiser: FlaskClient, edition: Edition, make: Factory, session: Session
) -> None:
    make.field("quantum", name_en="Quantum")
    make.profile(edition, fields=["quantum"])
    make.profile(edition, country="KR", fields=["quantum"], topics=["memristors"])
    page = organiser.get("/organise/jeju/pictures").text
    assert "1 from Europe and 1 from Korea have joined" in page
    assert "Quantum has most people: 1 and 1" in page
    assert "memristors is the most frequent topic, of 1 person" in page
    plots = [
        json.loads(found.replace("&#34;", '"'))
        for found in re.findall(r'data-picture="([^"]+)"', page)
    ]
    assert [plot["kind"] for plot in plots] == ["lines", "bars", "bars"] + ["steps"] * (
        len(plots) - 3
    )
    assert plots[1]["series"][0]["values"] == [1]
    assert page.count("<table") == len(plots)


def test_the_numbers_of_a_picture_leave_as_csv_without_formulas(
    organiser: FlaskClient, edition: Edition, make: Factory
) -> None:
    make.profile(edition, topics=[EVIL, "김 효과"])
    answer = organiser.get("/organise/jeju/pictures/topics.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ieum-jeju-topics.csv"'
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["Topic", "Europe", "Korea"]
    assert sorted(row[0] for row in rows[1:]) == sorted(["'" + EVIL, "김 효과"])


def test_an_unknown_picture_is_not_there(organiser: FlaskClient, edition: Edition) -> None:
    assert organiser.get("/organise/jeju/pictures/salaries.csv").status_code == 404


def test_the_map_names_everybody_and_leads_to_them(
    organiser: FlaskClient, edition: Edition, make: Factory, session: Session
) -> None:
    _people(make, session, edition, 1)
    points = organiser.get("/organise/jeju/map.json").json
    assert points is not None
    assert [(one["x"], one["side"], one["name"]) for one in points] == [
        (0.0, "left", "P0"),
        (0.5, "right", "P0"),
    ]
    page = organiser.get("/organise/jeju/map").text
    assert all(one["url"] in page for one in points)
    korean = organiser.get("/organise/jeju/map.json", headers={"Accept-Language": "ko"}).json
    assert korean is not None
    assert korean[0]["name"] == "김서연"


@pytest.mark.parametrize("path", ["pictures", "map", "map.json", "pictures/fields.csv"])
def test_only_organisers_of_this_edition_see_them(
    path: str, sign_in: SignIn, make: Factory, session: Session, edition: Edition
) -> None:
    account = make.account()
    other = make.edition()
    session.add(AccountRole(account_id=account.id, role="organiser", edition_id=other.id))
    session.commit()
    assert sign_in(account).get(f"/organise/jeju/{path}").status_code == 403


def test_the_number_of_queries_does_not_grow_with_people(
    organiser: FlaskClient,
    edition: Edition,
    make: Factory,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    counts = set()
    for people in (2, 20):
        _people(make, session, edition, people)
        with count_queries() as queries:
            organiser.get("/organise/jeju/pictures")
            organiser.get("/organise/jeju/map")
        counts.add(queries.total)
    assert counts == {23}
