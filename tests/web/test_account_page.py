"""The page of the own account: what it shows, asking to coordinate, leaving."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Profile, RoleRequest
from tests.factories import Factory
from tests.web.account_pages import (
    ADDRESS,
    PASSWORD,
    enter,
    is_signed_in,
    known_account,
    mails,
)

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def browser(client: FlaskClient, make: Factory) -> FlaskClient:
    known_account(make)
    enter(client)
    return client


def test_the_page_names_the_address(browser: FlaskClient) -> None:
    assert ADDRESS in browser.get("/account").text


def test_a_researcher_asks_to_coordinate_and_sees_that_it_waits(
    browser: FlaskClient, session: Session
) -> None:
    data = {"reason": "I lead a call on packaging."}
    answer = browser.post("/account/coordinator", data=data, follow_redirects=True)
    assert "on its way to the organisers" in answer.text
    assert "You asked on November 23, 2026" in answer.text
    assert session.exec(select(RoleRequest)).one().reason == data["reason"]
    session.commit()
    again = browser.post("/account/coordinator", data=data, follow_redirects=True)
    assert "You have asked already" in again.text


@pytest.mark.parametrize("reason", ["", "x" * 2001])
def test_a_request_needs_a_reason_of_some_sentences(browser: FlaskClient, reason: str) -> None:
    assert browser.post("/account/coordinator", data={"reason": reason}).status_code == 422


def test_a_coordinator_is_told_so_and_not_asked(sign_in: SignIn, make: Factory) -> None:
    text = sign_in(make.account("coordinator")).get("/account").text
    assert "You are a coordinator" in text
    assert "<textarea" not in text


def test_an_account_is_deleted_with_its_password_only(
    browser: FlaskClient, session: Session, make: Factory
) -> None:
    owner = session.exec(select(Account)).one()
    make.profile(account_id=owner.id, email=ADDRESS)
    assert browser.get("/account/delete").status_code == 200
    refused = browser.post("/account/delete", data={"password": "a wrong password"})
    assert refused.status_code == 422
    assert browser.post("/account/delete", data={"password": ""}).status_code == 422
    answer = browser.post("/account/delete", data={"password": PASSWORD}, follow_redirects=True)
    assert "is deleted" in answer.text
    assert not is_signed_in(browser)
    assert enter(browser).status_code == 422
    assert session.exec(select(Account)).all() == []
    assert session.exec(select(Profile)).all() == []
    session.commit()
    (farewell,) = mails(session)
    assert "Your account is deleted" in farewell.body


def test_the_last_administrator_is_told_what_to_do_first(
    client: FlaskClient, make: Factory
) -> None:
    known_account(make, "administrator")
    enter(client)
    answer = client.post("/account/delete", data={"password": PASSWORD})
    assert answer.status_code == 422
    assert "make somebody else administrator first" in answer.text
    assert is_signed_in(client)
