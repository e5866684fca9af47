"""The legal texts: in both languages, with a version that tells when a word has changed."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from app import create_app
from models import Account, ConsentEvent
from services.consents import LEGAL_VERSION, WORDINGS
from tests.factories import Factory
from web.config import Settings
from web.legal import DOCUMENTS, LANGUAGES, wording

SignIn = Callable[[Account], FlaskClient]
TEXTS = Path(__file__).parents[2] / "templates" / "legal" / "texts"

# What was published under each version, by its first signs of SHA-256. A text that changes needs
# a new version in services/consents.py, and its line here.
PUBLISHED = {
    "2026-11-23": {
        "consents.en.html": "7b2743e79a02",
        "consents.ko.html": "b89cfa453ba1",
        "contact.en.html": "d43bcccb0c79",
        "contact.ko.html": "dbf9fddff01f",
        "help.en.html": "9adf6cb8816e",
        "help.ko.html": "cfd03bd3bd8d",
        "privacy.en.html": "27cce8a997c9",
        "privacy.ko.html": "8e2d7c7c2c17",
        "terms.en.html": "2fe93827830e",
        "terms.ko.html": "4290fe957688",
    },
}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def test_no_word_changes_without_a_new_version() -> None:
    present = {path.name: _digest(path) for path in sorted(TEXTS.glob("*.html"))}
    assert present == PUBLISHED[LEGAL_VERSION]
    assert set(WORDINGS.values()) <= PUBLISHED.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_text_is_there_in_both_languages(
    client: FlaskClient, name: str, language: str
) -> None:
    page = client.get(f"/legal/{name}/{language}")
    assert page.status_code == 200
    assert f'<div lang="{language}">' in page.text
    assert bool(re.search("[가-힣]{10}|[가-힣] [가-힣]", page.text)) or language == "en"
    assert LEGAL_VERSION in page.text


def test_a_text_is_in_the_reader_s_language_with_the_other_one_press_away(
    client: FlaskClient,
) -> None:
    page = client.get("/legal/privacy", headers={"Accept-Language": "ko"}).text
    assert "개인정보 처리방침" in page
    assert 'href="/legal/privacy/en"' in page


@pytest.mark.parametrize("address", ["/legal/nothing", "/legal/privacy/fr", "/legal/nothing/en"])
def test_a_text_that_there_is_not_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_page_leads_to_them(client: FlaskClient) -> None:
    page = client.get("/").text
    for name in DOCUMENTS:
        assert f'href="/legal/{name}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_purpose_has_a_wording(app: Flask, language: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        for purpose in WORDINGS:
            words = wording(purpose)
            assert (words.language, bool(words.title), bool(words.text)) == (language, True, True)


def test_who_answers_for_the_data_is_named_as_the_settings_say(tmp_path: Path) -> None:
    chosen = Settings(
        instance_dir=tmp_path / "instance",
        testing=True,
        contact_organisation="Forum Office",
        contact_address="1 Rue de la Loi",
        contact_email="office@forum.example",
        contact_korean_officer="Lee Ji-woo",
    )
    client = create_app(chosen).test_client()
    for address in ("/legal/privacy/en", "/legal/contact/ko"):
        page = client.get(address).text
        for text in ("Forum Office", "1 Rue de la Loi", "office@forum.example", "Lee Ji-woo"):
            assert text in page, (address, text)


def test_where_nobody_is_named_the_page_says_so_and_the_administrator_is_warned(
    client: FlaskClient, make: Factory, sign_in: SignIn
) -> None:
    assert "has not named itself" in client.get("/legal/contact/en").text
    assert "CONTACT_EMAIL" in sign_in(make.account("administrator")).get("/admin/").text


def test_a_new_version_is_told_at_the_next_visit_until_it_was_seen(
    session: Session, make: Factory, sign_in: SignIn
) -> None:
    account = make.account(legal_seen="2020-01-01")
    client = sign_in(account)
    assert "have a new version" in client.get("/editions?x=1").text
    answer = client.post("/account/privacy/texts", data={"next": "/editions"})
    assert answer.headers["Location"] == "/editions"
    assert "have a new version" not in client.get("/editions").text
    event = session.exec(select(ConsentEvent)).one()
    assert (event.purpose, event.version, event.language) == ("terms", LEGAL_VERSION, "en")


def test_whoever_was_told_hears_nothing(make: Factory, sign_in: SignIn) -> None:
    assert "have a new version" not in sign_in(make.account()).get("/editions").text
