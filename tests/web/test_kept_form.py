"""A form that comes too late is not lost: sign in, and send it from the next page."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Profile
from tests.factories import Factory
from tests.web.account_pages import ADDRESS, PASSWORD, enter, known_account
from web.kept_form import keep_form, kept_form

HERE = {"Sec-Fetch-Site": "same-origin"}
TEXT = "양자 칩 연구.\nWe bond <b>chips</b> & more of it than anybody."


@pytest.fixture
def person(make: Factory) -> Profile:
    return make.profile(account_id=known_account(make).id, published_at=None)


def _fields(page: str) -> dict[str, str]:
    """Read what a page of a kept form would send."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n?(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(value) for name, value in found}


def _kept(page: str) -> str:
    found = re.search(r'name="kept"[^>]* value="([^"]+)"', page)
    return found.group(1) if found else ""


def test_what_was_typed_comes_back_after_signing_in_and_is_saved(
    client: FlaskClient, session: Session, person: Profile
) -> None:
    enter(client)
    seen = re.search(r'name="seen"[^>]* value="([^"]+)"', client.get("/profile/work").text)
    assert seen is not None
    client.post("/sign-out")
    typed = {"research": TEXT, "topics": "spin", "seen": seen.group(1), "next": "stay"}
    asked = client.post("/profile/work", data=typed, headers=HERE)
    assert asked.status_code == 401
    assert "What you typed is kept" in asked.text
    data = {"email": ADDRESS, "password": PASSWORD, "kept": _kept(asked.text)}
    page = client.post("/sign-in", data=data).text
    assert _fields(page) == typed
    assert 'action="/profile/work"' in page
    assert client.post("/profile/work", data=_fields(page)).status_code == 302
    assert session.exec(select(Profile.research)).one() == TEXT


def test_a_wrong_password_keeps_it_too(client: FlaskClient, person: Profile) -> None:
    asked = client.post("/profile/work", data={"research": TEXT}, headers=HERE)
    data = {"email": ADDRESS, "password": "wrong", "kept": _kept(asked.text)}
    assert _kept(client.post("/sign-in", data=data).text) == _kept(asked.text)


def test_what_another_site_sent_is_not_kept(client: FlaskClient, person: Profile) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Referer": "https://evil.example/"}, {}):
        answer = client.post("/profile/work", data={"research": TEXT}, headers=headers)
        assert answer.status_code == 302
        assert "/sign-in" in answer.headers["Location"]


def test_without_the_newer_header_the_referrer_tells(client: FlaskClient, person: Profile) -> None:
    headers = {"Referer": "http://localhost/profile/work"}
    answer = client.post("/profile/work", data={"research": TEXT}, headers=headers)
    assert answer.status_code == 401


def test_a_kept_form_that_was_changed_or_is_old_is_let_go(
    app: Flask, client: FlaskClient, person: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"email": ADDRESS, "password": PASSWORD, "kept": "forged"}
    assert client.post("/sign-in", data=data).status_code == 302
    with app.test_request_context("/a", method="POST", data={"b": "c"}, headers=HERE):
        text = keep_form()
        assert kept_form(text) is not None
        monkeypatch.setattr("web.kept_form._SECONDS", -1)
        assert kept_form(text) is None


def test_a_password_is_never_kept(app: Flask) -> None:
    secrets = {"password": "one", "new_password": "two", "csrf_token": "three"}
    with app.test_request_context("/a", method="POST", data=secrets, headers=HERE):
        assert keep_form() == ""
    with app.test_request_context("/a", method="POST", data={"x": "y" * 500_000}, headers=HERE):
        assert keep_form() == ""


def test_a_token_that_ran_out_costs_one_more_press(
    app: Flask, client: FlaskClient, person: Profile
) -> None:
    enter(client)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/profile/work", data={"research": TEXT}, headers=HERE)
    assert answer.status_code == 400
    assert _fields(answer.text) == {"research": TEXT}
    assert "csrf_token" in answer.text
