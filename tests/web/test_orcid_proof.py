"""A fresh sign-in at ORCID in place of the password."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, Mail
from services.identities import NO_PASSWORD
from tests.conftest import NOW
from tests.factories import Factory
from tests.web.account_pages import PASSWORD, enter, is_signed_in, known_account
from tests.web.orcid_provider import Provider
from tests.web.test_orcid_pages import app, come_back, linked, provider

__all__ = ["app", "provider"]
FRESH = int(NOW.timestamp())
NEW = {"email": "new@uni.example.org"}


@pytest.fixture
def owner(client: FlaskClient, provider: Provider, make: Factory, session: Session) -> FlaskClient:
    """Sign in whose account was opened by ORCID and has no password."""
    linked(make, session, make.account(password_hash=NO_PASSWORD))
    come_back(client, provider)
    assert is_signed_in(client)
    provider.claims["auth_time"] = FRESH
    return client


def prove(client: FlaskClient, provider: Provider, page: str) -> str:
    asked = client.get("/account/orcid/prove", query_string={"next": page})
    assert "prompt=login" in asked.location
    return client.get(provider.consent(asked.location), follow_redirects=True).text


def accounts(session: Session) -> int:
    session.expire_all()
    count = len(session.exec(select(Account.id)).all())
    session.commit()
    return count


@pytest.mark.parametrize("page", ["/account/delete", "/account/address", "/account/password"])
def test_who_has_no_password_is_led_to_orcid_and_never_to_a_field_for_one(
    owner: FlaskClient, page: str
) -> None:
    text = owner.get(page).text

    assert "Show by ORCID that it is me" in text
    assert f"/account/orcid/prove?next={page}" in text
    assert 'type="password"' not in text
    assert 'type="password"' not in owner.post(page, data={"password": NO_PASSWORD}).text


def test_without_proof_nothing_happens(owner: FlaskClient, session: Session) -> None:
    for page in ("/account/delete", "/account/address", "/account/password"):
        sent = {"password": NO_PASSWORD, "new_password": "a sentence of five words", **NEW}
        assert owner.post(page, data=sent).status_code == 422

    assert accounts(session) == 1
    assert session.exec(select(Mail)).all() == []


def test_after_a_fresh_sign_in_the_account_is_deleted(
    owner: FlaskClient, provider: Provider, session: Session
) -> None:
    assert "No password is needed" in prove(owner, provider, "/account/delete")

    answer = owner.post("/account/delete", follow_redirects=True)

    assert "Your account and everything in it is deleted." in answer.text
    assert accounts(session) == 0


def test_the_proof_moves_the_address_once(
    owner: FlaskClient, provider: Provider, session: Session
) -> None:
    prove(owner, provider, "/account/address")

    assert owner.post("/account/address", data=NEW).status_code == 302
    assert session.exec(select(Mail.recipient)).one() == NEW["email"]
    session.commit()
    assert owner.post("/account/address", data=NEW).status_code == 422


def test_the_proof_sets_a_first_password_and_ends_every_other_sign_in(
    app: Flask, owner: FlaskClient, provider: Provider
) -> None:
    elsewhere = app.test_client()
    come_back(elsewhere, provider)
    assert is_signed_in(elsewhere)
    prove(owner, provider, "/account/password")

    owner.post("/account/password", data={"new_password": "a sentence of five words"})

    assert is_signed_in(owner)
    assert not is_signed_in(elsewhere)
    assert 'type="password"' in owner.get("/account/delete").text


@pytest.mark.parametrize(
    "claims",
    [
        {"auth_time": FRESH - 301},
        {"auth_time": FRESH + 301},
        {"auth_time": None},
        {"sub": "0000-0001-5109-3700"},
    ],
)
def test_a_stale_sign_in_or_one_of_somebody_else_proves_nothing(
    owner: FlaskClient, provider: Provider, session: Session, claims: dict[str, object]
) -> None:
    provider.claims |= claims

    assert "ORCID did not show that it is you" in prove(owner, provider, "/account/delete")

    assert owner.post("/account/delete").status_code == 422
    assert accounts(session) == 1


def test_the_proof_is_good_for_five_minutes(
    app: Flask, owner: FlaskClient, provider: Provider, session: Session
) -> None:
    prove(owner, provider, "/account/delete")
    app.extensions["clock"] = lambda: NOW + timedelta(minutes=5, seconds=1)

    assert owner.post("/account/delete").status_code == 422
    assert accounts(session) == 1


def test_an_ordinary_sign_in_is_no_proof(owner: FlaskClient, provider: Provider) -> None:
    owner.post("/sign-out")
    come_back(owner, provider)

    assert is_signed_in(owner)
    assert owner.post("/account/delete").status_code == 422


def test_a_refusal_at_orcid_proves_nothing(owner: FlaskClient) -> None:
    owner.get("/account/orcid/prove?next=/account/delete")

    assert owner.get("/sign-in/orcid/back?error=access_denied&state=x").status_code == 400
    assert owner.post("/account/delete").status_code == 422


def test_whoever_has_both_may_choose(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    linked(make, session, known_account(make))
    enter(client)
    page = client.get("/account/delete").text
    assert 'type="password"' in page
    assert "a fresh sign-in with ORCID counts" in page
    assert client.post("/account/delete", data={"password": "wrong"}).status_code == 422

    assert client.post("/account/delete", data={"password": PASSWORD}).status_code == 302


def test_an_account_without_orcid_is_not_told_of_it(client: FlaskClient, make: Factory) -> None:
    known_account(make)
    enter(client)

    assert "ORCID" not in client.get("/account/delete").text


def test_where_orcid_is_no_longer_set_up_the_way_is_a_password_by_mail(
    app: Flask, owner: FlaskClient
) -> None:
    app.extensions.pop("orcid_client")

    page = owner.get("/account/delete").text

    assert "Set a password by mail" in page
    assert owner.get("/account/orcid/prove").status_code == 404
