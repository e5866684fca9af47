"""Signing in and out, as a browser sees it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account
from services.accounts_sign_in import LOCKED_FOR, TRIES
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
from tests.web.page_text import apart_from_tokens
from web.limits import limiter


@pytest.fixture
def account(make: Factory) -> Account:
    return known_account(make)


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    """Give the application with its limits in force, and nobody counted yet."""
    app.config["RATELIMIT_ENABLED"] = True
    limiter.init_app(app)
    limiter.reset()
    yield app
    limiter.enabled = False


def test_the_right_password_lets_in_and_sign_out_lets_go(
    client: FlaskClient, account: Account
) -> None:
    assert enter(client).location == "/"
    assert is_signed_in(client)
    assert client.get("/sign-in").location == "/"
    assert client.post("/sign-out").location == "/"
    assert not is_signed_in(client)


def test_signing_out_twice_is_no_error(client: FlaskClient) -> None:
    assert client.post("/sign-out").status_code == 302
    assert client.get("/sign-out").status_code == 405


def test_every_refusal_is_the_same_page(
    client: FlaskClient, account: Account, make: Factory, app: Flask
) -> None:
    make.account(email="locked@example.org", locked_until=app.extensions["clock"]() + LOCKED_FOR)
    make.account(email="unconfirmed@example.org", confirmed_at=None)
    pages = set()
    for email in (ADDRESS, "nobody@example.org", "locked@example.org", "unconfirmed@example.org"):
        answer = enter(client, email, "a wrong password")
        assert answer.status_code == 422
        pages.add(apart_from_tokens(answer.text).replace(email, "…"))
    assert len(pages) == 1
    assert "a wrong password" not in pages.pop()


def test_too_many_wrong_passwords_close_the_account_for_a_while(
    client: FlaskClient, account: Account, app: Flask, now: datetime
) -> None:
    for _ in range(TRIES):
        enter(client, password="a wrong password")
    assert enter(client).status_code == 422
    app.extensions["clock"] = lambda: now + LOCKED_FOR
    assert enter(client).status_code == 302


def test_the_owner_of_a_locked_account_gets_in_by_mail(
    client: FlaskClient, account: Account, session: Session
) -> None:
    for _ in range(TRIES):
        enter(client, password="a wrong password")
    client.post("/forgotten-password", data={"email": ADDRESS})
    (mail,) = mails(session)
    client.post(link(mail), data={"new_password": "paper moon harbour"})
    assert enter(client, password="paper moon harbour").status_code == 302


@pytest.mark.parametrize(
    ("wish", "goes"),
    [
        ("/account", "/account"),
        ("/account?tab=1", "/account?tab=1"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("https://evil.example/account", "/"),
        ("javascript:alert(1)", "/"),
        ("account", "/"),
        ("/no-such-page", "/"),
        ("/sign-out", "/"),
    ],
)
def test_after_signing_in_one_goes_on_to_pages_of_this_site_only(
    client: FlaskClient, account: Account, wish: str, goes: str
) -> None:
    data = {"email": ADDRESS, "password": PASSWORD, "next": wish}
    assert client.post("/sign-in", data=data).location == goes


def test_a_page_behind_the_door_sends_to_sign_in_and_back(
    client: FlaskClient, account: Account
) -> None:
    sent = client.get("/account/password")
    assert sent.status_code == 302
    form = client.get(sent.location)
    assert 'value="/account/password"' in form.text
    data = {"email": ADDRESS, "password": PASSWORD}
    assert client.post(sent.location, data=data).location == "/account/password"


def test_staying_signed_in_is_a_choice(client: FlaskClient, account: Account) -> None:
    data = {"email": ADDRESS, "password": PASSWORD}
    brief = client.post("/sign-in", data=data)
    assert "Expires" not in brief.headers["Set-Cookie"]
    lasting = client.post("/sign-in", data=data | {"remember": "y"})
    assert "Expires" in lasting.headers["Set-Cookie"]


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_is_for_this_site_alone_and_as_secure_as_the_scheme(
    client: FlaskClient, account: Account, scheme: str, secure: bool
) -> None:
    data = {"email": ADDRESS, "password": PASSWORD}
    cookie = client.post("/sign-in", data=data, base_url=f"{scheme}://localhost").headers[
        "Set-Cookie"
    ]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure


def test_a_form_without_its_token_is_refused(app: Flask, account: Account) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert enter(app.test_client()).status_code == 400


def test_an_address_is_limited_in_how_often_it_may_knock(limited: Flask, account: Account) -> None:
    client = limited.test_client()
    answers = [enter(client, "nobody@example.org").status_code for _ in range(31)]
    assert set(answers[:30]) == {422}
    assert answers[30] == 429


@pytest.mark.parametrize("path", ["/register", "/forgotten-password"])
def test_so_are_forms_that_send_mail(limited: Flask, path: str) -> None:
    client = limited.test_client()
    data = {"email": ADDRESS, "password": PASSWORD}
    answers = [client.post(path, data=data).status_code for _ in range(11)]
    assert (set(answers[:10]), answers[10]) == ({302}, 429)


def test_changing_the_password_elsewhere_ends_this_session(
    app: Flask, account: Account, session: Session
) -> None:
    here, there = app.test_client(), app.test_client()
    enter(here)
    enter(there)
    data = {"password": PASSWORD, "new_password": "paper moon harbour"}
    assert there.post("/account/password", data=data).location == "/account"
    assert is_signed_in(there)
    assert not is_signed_in(here)


def test_a_session_of_an_account_that_is_gone_is_nobodys(
    sign_in: Callable[[Account], FlaskClient], account: Account, session: Session
) -> None:
    browser = sign_in(account)
    session.delete(account)
    session.commit()
    assert not is_signed_in(browser)


def test_an_old_session_key_opens_nothing(client: FlaskClient, account: Account) -> None:
    for key in ("", "x", "1", "1.", ".0", f"{account.id}.9", f"-{account.id}.0"):
        with client.session_transaction() as cookie:
            cookie["_user_id"] = key
        assert not is_signed_in(client)


def test_a_lock_does_not_outlast_its_time_by_being_knocked_at(
    client: FlaskClient, account: Account, app: Flask, now: datetime
) -> None:
    for minute in range(20):
        app.extensions["clock"] = lambda minute=minute: now + timedelta(minutes=minute)
        enter(client, password="a wrong password")
    app.extensions["clock"] = lambda: now + timedelta(minutes=25)
    assert enter(client).status_code == 302
