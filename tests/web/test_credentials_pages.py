"""Forgotten passwords, new passwords, new addresses, as a browser sees them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account
from services.accounts_sign_in import TRIES
from tests.factories import Factory
from tests.web.account_pages import (
    ADDRESS,
    PASSWORD,
    enter,
    is_signed_in,
    known_account,
    link,
    mails,
)

NEW, NEW_ADDRESS = "paper moon harbour", "kim@example.com"


@pytest.fixture
def account(make: Factory) -> Account:
    return known_account(make)


@pytest.fixture
def browser(client: FlaskClient, account: Account) -> FlaskClient:
    enter(client)
    return client


def test_a_forgotten_password_is_set_by_mail(
    client: FlaskClient, account: Account, session: Session
) -> None:
    answer = client.post("/forgotten-password", data={"email": ADDRESS}, follow_redirects=True)
    assert "If there is an account with this address" in answer.text
    (mail,) = mails(session)
    assert ADDRESS in client.get(link(mail)).text
    done = client.post(link(mail), data={"new_password": NEW}, follow_redirects=True)
    assert "Your new password is set" in done.text
    assert enter(client).status_code == 422
    assert enter(client, password=NEW).status_code == 302
    assert client.get(link(mail)).status_code == 410


def test_an_unknown_address_is_answered_alike_and_gets_no_mail(
    client: FlaskClient, account: Account, session: Session
) -> None:
    known = client.post("/forgotten-password", data={"email": ADDRESS})
    unknown = client.post("/forgotten-password", data={"email": "nobody@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert mails(session, "nobody@example.org") == []


def test_a_weak_password_leaves_the_link_good(
    client: FlaskClient, account: Account, session: Session
) -> None:
    client.post("/forgotten-password", data={"email": ADDRESS})
    (mail,) = mails(session)
    answer = client.post(link(mail), data={"new_password": ADDRESS})
    assert answer.status_code == 422
    assert "Do not use your mail address" in answer.text
    assert client.post(link(mail), data={"new_password": NEW}).status_code == 302


def test_links_in_mails_do_not_follow_a_forged_host(
    app: Flask, account: Account, session: Session
) -> None:
    forged = {"Host": "evil.example"}
    app.test_client().post("/forgotten-password", data={"email": ADDRESS}, headers=forged)
    (mail,) = mails(session)
    assert "evil" not in mail.body
    assert "http://127.0.0.1:8000/reset-password/" in mail.body


def test_changing_the_password_asks_for_the_old_one(browser: FlaskClient) -> None:
    assert browser.get("/account/password").status_code == 200
    data = {"password": "a wrong password", "new_password": NEW}
    answer = browser.post("/account/password", data=data)
    assert answer.status_code == 422
    assert "The password is not right" in answer.text
    answer = browser.post("/account/password", data=data | {"password": PASSWORD})
    assert answer.location == "/account"
    browser.post("/sign-out")
    assert enter(browser, password=NEW).status_code == 302


def test_a_stolen_session_cannot_guess_the_password_for_ever(
    browser: FlaskClient, session: Session
) -> None:
    data = {"password": "a wrong password", "new_password": NEW}
    for _ in range(TRIES):
        browser.post("/account/password", data=data)
    answer = browser.post("/account/password", data=data | {"password": PASSWORD})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("/account/password", {"new_password": "short"}, "Use at least 10 characters"),
        ("/account/password", {"new_password": ADDRESS}, "Do not use your mail address"),
        ("/account/password", {"password": "", "new_password": NEW}, "Write your password"),
        ("/account/address", {"email": "nowhere"}, "This is no mail address"),
        ("/account/address", {"email": NEW_ADDRESS, "password": "wrong"}, "password is not right"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    browser: FlaskClient, session: Session, path: str, data: dict[str, str], words: str
) -> None:
    answer = browser.post(path, data={"password": PASSWORD} | data)
    assert answer.status_code == 422
    assert words in answer.text
    assert mails(session) + mails(session, NEW_ADDRESS) == []


def test_a_new_address_is_proven_by_a_link_and_the_old_one_is_told(
    browser: FlaskClient, session: Session
) -> None:
    assert browser.get("/account/address").status_code == 200
    data = {"email": NEW_ADDRESS, "password": PASSWORD}
    assert browser.post("/account/address", data=data).location == "/account"
    assert ADDRESS in browser.get("/account").text
    (mail,) = mails(session, NEW_ADDRESS)
    assert NEW_ADDRESS in browser.get(link(mail)).text
    assert browser.post(link(mail)).location == "/account"
    # This browser stays signed in, with the new address.
    assert NEW_ADDRESS in browser.get("/account").text
    (notice,) = mails(session)
    assert "moved from this address" in notice.body
    assert browser.post(link(mail)).status_code == 410


def test_opening_the_link_elsewhere_moves_the_account_and_ends_this_session(
    browser: FlaskClient, session: Session, app: Flask
) -> None:
    browser.post("/account/address", data={"email": NEW_ADDRESS, "password": PASSWORD})
    (mail,) = mails(session, NEW_ADDRESS)
    assert app.test_client().post(link(mail)).location == "/sign-in"
    assert not is_signed_in(browser)


def test_the_page_does_not_tell_that_the_wished_address_has_an_account(
    browser: FlaskClient, session: Session, make: Factory
) -> None:
    make.account(email=NEW_ADDRESS)
    taken = browser.post("/account/address", data={"email": NEW_ADDRESS, "password": PASSWORD})
    free = browser.post("/account/address", data={"email": "x@example.com", "password": PASSWORD})
    assert (taken.status_code, taken.location) == (free.status_code, free.location)
    (mail,) = mails(session, NEW_ADDRESS)
    assert "you have an account with it already" in mail.body
