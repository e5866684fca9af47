"""Choosing the language."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account
from tests.factories import Factory
from web import locale
from web.routes import language


@pytest.fixture(autouse=True)
def two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "LANGUAGES", ("en", "ko"))
    monkeypatch.setattr(language, "LANGUAGES", ("en", "ko"))


def _language(client: FlaskClient) -> str:
    return client.get("/sign-in").text.partition('<html lang="')[2][:2]


def test_a_visitors_choice_stays_in_the_cookie(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "ko", "next": "/sign-in"})
    assert answer.location == "/sign-in"
    assert _language(client) == "ko"


def test_an_accounts_choice_stays_with_the_account(
    sign_in: Callable[[Account], FlaskClient], make: Factory, session: Session
) -> None:
    account = make.account()
    sign_in(account).post("/language", data={"language": "ko"})
    session.refresh(account)
    assert account.language == "ko"


@pytest.mark.parametrize("wish", ["", "xx", "../en", "EN"])
def test_an_unknown_language_changes_nothing(client: FlaskClient, wish: str) -> None:
    assert client.post("/language", data={"language": wish}).location == "/"
    assert _language(client) == "en"


def test_choosing_never_leads_to_another_site(client: FlaskClient) -> None:
    data = {"language": "en", "next": "//evil.example"}
    assert client.post("/language", data=data).location == "/"


def test_signing_out_keeps_the_language(client: FlaskClient) -> None:
    client.post("/language", data={"language": "ko"})
    client.post("/sign-out")
    assert _language(client) == "ko"
