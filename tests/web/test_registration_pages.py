"""Registering, as a browser sees it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account
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

WISH = {"email": ADDRESS, "password": PASSWORD}


def test_a_stranger_registers_and_is_in_by_the_link_and_the_password(
    client: FlaskClient, session: Session
) -> None:
    assert client.get("/register").status_code == 200
    answer = client.post("/register", data=WISH, follow_redirects=True)
    assert "Look into your mail" in answer.text
    assert not is_signed_in(client)
    (mail,) = mails(session)
    page = client.get(link(mail))
    assert ADDRESS in page.text
    confirmed = client.post(link(mail), data={"password": PASSWORD}, follow_redirects=True)
    assert "Your address is confirmed" in confirmed.text
    assert confirmed.request.path == "/profile"
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("password", "words"),
    [("not this one", "This is not the password"), ("", "Write your password")],
)
def test_who_was_registered_by_a_stranger_does_not_open_the_account_by_a_click(
    app: Flask, client: FlaskClient, session: Session, password: str, words: str
) -> None:
    app.test_client().post("/register", data=WISH)
    (mail,) = mails(session)
    answer = client.post(link(mail), data={"password": password})
    assert answer.status_code == 422
    assert words in answer.text
    assert not is_signed_in(client)
    assert session.exec(select(Account)).one().confirmed_at is None


def test_the_browser_that_chose_the_password_need_not_write_it_again(
    client: FlaskClient, session: Session
) -> None:
    client.post("/register", data=WISH)
    (mail,) = mails(session)
    assert 'type="password"' not in client.get(link(mail)).text
    client.post(link(mail))
    assert is_signed_in(client)


def test_a_browser_whose_password_was_replaced_by_a_stranger_has_to_write_it(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    client.post("/register", data=WISH)
    app.test_client().post("/register", data=WISH | {"password": "what a stranger chose"})
    last = mails(session)[-1]
    assert client.post(link(last)).status_code == 422
    assert not is_signed_in(client)


def test_registering_again_makes_the_first_link_and_password_useless(
    client: FlaskClient, session: Session
) -> None:
    client.post("/register", data=WISH | {"password": "what a stranger chose"})
    (first,) = mails(session)
    client.post("/register", data=WISH)
    assert client.post(link(first), data={"password": PASSWORD}).status_code == 410


def test_opening_the_link_confirms_nothing_because_programs_open_links(
    client: FlaskClient, session: Session
) -> None:
    client.post("/register", data=WISH)
    (mail,) = mails(session)
    client.get(link(mail))
    client.head(link(mail))
    assert session.exec(select(Account)).one().confirmed_at is None


def test_an_unconfirmed_account_cannot_sign_in(client: FlaskClient) -> None:
    client.post("/register", data=WISH)
    assert enter(client).status_code == 422
    assert not is_signed_in(client)


def test_the_page_does_not_tell_a_known_address_from_a_new_one(
    client: FlaskClient, session: Session, make: Factory
) -> None:
    known_account(make)
    of_known = client.post("/register", data=WISH)
    of_new = client.post("/register", data=WISH | {"email": "new@example.org"})
    assert (of_known.status_code, of_known.location) == (of_new.status_code, of_new.location)
    assert of_known.text == of_new.text
    (mail,) = mails(session)
    assert "you have an account already" in mail.body
    assert link(mail) == "/forgotten-password"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"email": "nobody"}, "This is no mail address"),
        ({"email": ""}, "Write your mail address"),
        ({"password": "short"}, "Use at least 10 characters"),
        ({"password": ADDRESS}, "Do not use your mail address"),
        ({"password": "password123"}, "among the first passwords"),
        ({"password": ""}, "Choose a password"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_makes_no_account(
    client: FlaskClient, session: Session, wish: dict[str, str], words: str
) -> None:
    answer = client.post("/register", data=WISH | wish)
    assert answer.status_code == 422
    assert words in answer.text
    assert PASSWORD not in answer.text
    assert session.exec(select(Account)).all() == []


@pytest.mark.parametrize("path", ["/confirm/", "/reset-password/", "/new-address/"])
@pytest.mark.parametrize("act", ["get", "post"])
def test_a_link_that_is_no_good_says_so_and_offers_a_new_one(
    client: FlaskClient, path: str, act: str
) -> None:
    answer = getattr(client, act)(path + "nonsense", data={"new_password": PASSWORD})
    assert answer.status_code == 410
    assert "This link no longer works" in answer.text


def test_somebody_who_is_signed_in_may_register_another(
    make: Factory, sign_in: Callable[[Account], FlaskClient], session: Session
) -> None:
    browser = sign_in(make.account())
    assert browser.post("/register", data=WISH).status_code == 302
    assert len(mails(session)) == 1
