"""Bringing people in by a page: checked first, taken in by a second press."""

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from models import Account, Participation, Profile
from tests.factories import Factory
from web.uploads import find, shown_name

GOOD = "id,name,country,shoe\na,Ana,DE,38\nb,김서연,KR,\n"
BAD = "id,name,country\na,Ana,Atlantis\nb,,KR\n"
ADDRESS = "/editions/demo/people/import"


@pytest.fixture
def browser(make: Factory, sign_in: Callable[[Account], FlaskClient]) -> FlaskClient:
    make.edition(slug="demo")
    return sign_in(make.account("organiser"))


def check(browser: FlaskClient, text: str, name: str = "people.csv") -> TestResponse:
    file = (io.BytesIO(text.encode()), name)
    return browser.post(ADDRESS, data={"file": file})


def kept_name(page: str) -> str:
    return page.split('name="name" value="')[1].split('"')[0]


def uploads(app: Flask) -> list[Path]:
    return list((app.extensions["settings"].instance_dir / "uploads").glob("*"))


def test_a_good_file_is_previewed_and_nothing_is_changed_yet(
    browser: FlaskClient, session: Session
) -> None:
    page = check(browser, GOOD).text

    assert "The file is in order" in page
    assert "people.csv" in page
    assert "shoe" in page
    assert session.exec(select(Profile)).all() == []


def test_the_second_press_takes_the_people_in_and_removes_the_file(
    browser: FlaskClient, session: Session, app: Flask
) -> None:
    name = kept_name(check(browser, GOOD).text)
    assert oct(uploads(app)[0].stat().st_mode)[-3:] == "600"

    answer = browser.post(f"{ADDRESS}/take", data={"name": name})

    assert answer.location == "/editions/demo/people"
    rows = session.exec(select(Profile).order_by(Profile.source_key)).all()
    assert [(row.source, row.name) for row in rows] == [("demo", "Ana"), ("demo", "김서연")]
    assert len(session.exec(select(Participation)).all()) == 2
    assert uploads(app) == []


def test_problems_are_shown_by_line_and_field(
    browser: FlaskClient, session: Session, app: Flask
) -> None:
    answer = check(browser, BAD)

    assert answer.status_code == 422
    assert "there are 2 problems in people.csv" in answer.text
    assert "“Atlantis” is no country&#39;s code" in answer.text
    assert uploads(app) == []


def test_a_file_that_is_gone_is_asked_for_again(browser: FlaskClient) -> None:
    for name in ("", "../../secret_key", "0" * 32 + "-people.csv"):
        answer = browser.post(f"{ADDRESS}/take", data={"name": name}, follow_redirects=True)
        assert "no longer here" in answer.text


def test_no_file_is_told_beside_the_field(browser: FlaskClient) -> None:
    answer = browser.post(ADDRESS, data={})

    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_an_hour_old_file_is_removed_by_the_next(browser: FlaskClient, app: Flask) -> None:
    check(browser, GOOD)
    old = uploads(app)[0]
    os.utime(old, (time.time() - 4000, time.time() - 4000))

    check(browser, GOOD)

    assert old not in uploads(app)


def test_the_name_of_a_file_is_harmless(app: Flask, browser: FlaskClient) -> None:
    name = kept_name(check(browser, GOOD, "../../etc/pass wd.csv").text)

    assert shown_name(name) == "etc_pass_wd.csv"
    with app.app_context():
        assert find(name) is not None


def test_only_organisers_of_the_edition_bring_people_in(
    browser: FlaskClient, make: Factory, sign_in: Callable[[Account], FlaskClient]
) -> None:
    assert browser.get(ADDRESS).status_code == 200
    other = sign_in(make.account())
    assert other.get(ADDRESS).status_code == 403
    assert check(other, GOOD).status_code == 403
    assert other.post(f"{ADDRESS}/take", data={"name": "x"}).status_code == 403
