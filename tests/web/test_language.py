"""Choosing the language."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import format_decimal, gettext
from flask_wtf import FlaskForm
from sqlmodel import Session
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from models import Account
from tests.factories import Factory
from web.edition_words import edition_name
from web.locale import country_name, page_language, speaking


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


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("ko-KR,ko;q=0.9,en;q=0.8", "ko"), ("en-GB", "en"), ("de-AT,cs;q=0.5", "en"), ("", "en")],
)
def test_a_new_visitor_is_spoken_to_as_the_browser_asks(
    client: FlaskClient, asked: str, spoken: str
) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": asked}).text
    assert f'<html lang="{spoken}"' in page


def test_an_accounts_choice_comes_before_the_browsers(
    sign_in: Callable[[Account], FlaskClient], make: Factory
) -> None:
    page = sign_in(make.account(language="ko")).get("/account", headers={"Accept-Language": "en"})
    assert '<html lang="ko"' in page.text


def test_somebody_elses_language_is_spoken_for_a_while(app: Flask, make: Factory) -> None:
    edition = make.edition(name_en="Forum 2027", name_ko="2027 포럼")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        with speaking("ko"):
            told = (page_language(), country_name("DE"), edition_name(edition), gettext("Save"))
            assert told == ("ko", "독일", "2027 포럼", "저장")
            assert format_decimal(1234.5) == "1,234.5"
        told = (page_language(), country_name("DE"), edition_name(edition), gettext("Save"))
        assert told == ("en", "Germany", "Forum 2027", "Save")


@pytest.mark.parametrize("language", [None, "", "xx"])
def test_an_unknown_language_is_answered_in_the_first_of_the_site(
    app: Flask, language: str | None
) -> None:
    with app.app_context(), speaking(language) as spoken:
        assert (spoken, page_language()) == ("en", "en")


def test_a_form_says_what_is_wrong_in_the_readers_language(client: FlaskClient) -> None:
    client.post("/language", data={"language": "ko"})
    page = client.post("/register", data={"email": "kein Platz", "password": "kurz"}).text
    assert "이메일 주소가 아닙니다." in page
    assert "10자 이상 입력해 주십시오." in page


def test_what_a_form_library_says_itself_is_korean_too(app: Flask) -> None:
    class Any(FlaskForm):
        name = StringField(validators=[DataRequired()])
        one = SelectField(choices=[SelectChoice("a", "A")])

    with app.test_request_context(method="POST", data={"one": "b"}), speaking("ko"):
        form = Any()
        assert not form.validate()
        said = [*form.name.errors, *form.one.errors]
    assert len(said) == 2
    assert all(re.search("[가-힣]", text) for text in said)
