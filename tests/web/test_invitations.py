"""The letter that invites, and the page behind its link."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, Edition, Mail, Participation, Profile
from models.database import make_sessions
from services.invitations import invite
from tests.conftest import NOW
from tests.factories import Factory
from tests.web.account_pages import PASSWORD, is_signed_in
from web.registrant_work import work_for_registrants

EMAIL = "kim@example.org"


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="demo", name_ko="포럼", capacity_left=1)


@pytest.fixture
def invited(make: Factory, edition: Edition) -> Profile:
    """Give an imported person whose letter was asked for."""
    return make.profile(
        edition,
        source="demo",
        name="Seoyeon Kim",
        name_native="김서연",
        country="KR",
        email=EMAIL,
        research="Memory.",
        confirmed_at=None,
        published_at=None,
    )


@pytest.fixture
def letter(
    app: Flask, engine: Engine, session: Session, edition: Edition, invited: Profile
) -> Mail:
    """Give the letter as the worker wrote it."""
    invite(session, edition, NOW, profile_ids=[invited.id])
    session.commit()
    with app.app_context():
        work_for_registrants(make_sessions(engine))
    found = session.exec(select(Mail)).one()
    session.commit()
    return found


def address(letter: Mail) -> str:
    (found,) = re.findall(r"http://\S+", letter.body)
    return "/" + str(found).split("/", 3)[3]


def test_the_letter_speaks_korean_first_to_a_person_in_korea(letter: Mail) -> None:
    assert letter.body.startswith("김서연")
    assert "포럼" in letter.body
    assert "Dear Seoyeon Kim," in letter.body


def test_the_page_shows_what_was_entered_and_changes_nothing(
    client: FlaskClient, letter: Mail, session: Session
) -> None:
    page = client.get(address(letter)).text

    assert "You are invited" in page
    assert "Memory." in page
    assert session.exec(select(Account)).all() == []


def test_a_password_opens_the_account_and_the_edition_asks_for_the_rest(
    client: FlaskClient, letter: Mail, session: Session, invited: Profile
) -> None:
    answer = client.post(address(letter), data={"new_password": PASSWORD})

    assert answer.location == "/editions/demo"
    assert is_signed_in(client)
    assert "Agree and be found" in client.get("/editions/demo").text
    session.refresh(invited)
    assert invited.account_id is not None
    session.commit()
    assert client.get(address(letter)).status_code == 410


def test_a_weak_password_is_refused_beside_the_field(client: FlaskClient, letter: Mail) -> None:
    answer = client.post(address(letter), data={"new_password": "short"})

    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_who_has_an_account_signs_in_and_takes_it_over(
    make: Factory, letter: Mail, client: FlaskClient, sign_in: Callable[[Account], FlaskClient]
) -> None:
    owner = make.account(email=EMAIL)
    assert "/sign-in?next=" in client.get(address(letter)).text

    browser = sign_in(owner)
    assert browser.post(address(letter)).location == "/editions/demo"


def test_who_wants_none_of_it_has_it_deleted(
    client: FlaskClient, letter: Mail, session: Session
) -> None:
    answer = client.post(f"{address(letter)}/refuse", follow_redirects=True)

    assert "is deleted" in answer.text
    assert session.exec(select(Profile)).all() == []


def test_a_broken_link_is_told_kindly(client: FlaskClient) -> None:
    for method, tail in ((client.get, ""), (client.post, ""), (client.post, "/refuse")):
        assert method(f"/invitations/x{tail}").status_code == 410


def test_the_page_of_a_full_edition_tells_who_waits_how_many_are_before_them(
    make: Factory,
    edition: Edition,
    session: Session,
    engine: Engine,
    app: Flask,
    sign_in: Callable[[Account], FlaskClient],
) -> None:
    there = make.profile(edition)
    account = make.account()
    make.profile(account_id=account.id, research="Memory.")
    browser = sign_in(account)

    page = browser.post("/editions/demo/join", follow_redirects=True).text
    assert "you are on the waiting list" in page
    assert "You are next on the waiting list." in page

    session.delete(session.exec(select(Participation).filter_by(profile_id=there.id)).one())
    session.commit()
    with app.app_context():
        work_for_registrants(make_sessions(engine))
    assert "You take part." in browser.get("/editions/demo").text
    mail = session.exec(select(Mail)).one()
    assert "you have a place" in mail.subject
    assert "/editions/demo" in mail.body
