"""Signing in with ORCID, against a provider in the same process."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from app import create_app
from models import Account, Identity
from services.identities import NO_PASSWORD
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
from tests.web.orcid_provider import CLIENT, JOSIAH, SECRET, Provider, signing_key
from web.config import Settings


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()


@pytest.fixture
def app(app: Flask, provider: Provider) -> Flask:
    """Make the application again, known to the provider."""
    old: Settings = app.extensions["settings"]
    chosen = Settings(
        instance_dir=old.instance_dir,
        testing=True,
        orcid_client_id=CLIENT,
        orcid_client_secret=SECRET,
        orcid_issuer=provider.address,
    )
    made = create_app(chosen)
    made.config["WTF_CSRF_ENABLED"] = False
    made.extensions["engine"] = app.extensions["engine"]
    made.extensions["clock"] = app.extensions["clock"]
    return made


def come_back(client: FlaskClient, provider: Provider, wish: str = "") -> TestResponse:
    asked = client.get("/sign-in/orcid", query_string={"next": wish} if wish else {})
    assert asked.status_code == 302
    return client.get(provider.consent(asked.location))


def linked(make: Factory, session: Session, account: Account) -> None:
    session.add(
        Identity(account_id=account.id, provider="orcid", subject=JOSIAH, created_at=make.now)
    )
    session.commit()


def identities(session: Session) -> list[tuple[int, str]]:
    session.expire_all()
    found = [(row.account_id, row.subject) for row in session.exec(select(Identity))]
    session.commit()
    return found


def test_without_a_client_at_orcid_there_is_no_button_and_no_door(
    engine: object, tmp_path: object, client: FlaskClient
) -> None:
    bare = create_app(Settings(instance_dir=tmp_path / "bare", testing=True))  # type: ignore[operator] # a path
    bare.extensions["engine"] = engine
    page = bare.test_client().get("/sign-in").text

    assert "ORCID" not in page
    assert bare.test_client().get("/sign-in/orcid").status_code == 404
    assert "Sign in with ORCID" in client.get("/sign-in").text


def test_whoever_is_linked_is_let_in_and_led_to_the_wished_page(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    linked(make, session, known_account(make))

    answer = come_back(client, provider, "/profile")

    assert answer.location == "/profile"
    assert is_signed_in(client)


def test_a_changed_address_at_orcid_changes_nothing_here(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    linked(make, session, known_account(make))
    make.account(email="other@example.org")
    provider.claims["email"] = "other@example.org"

    come_back(client, provider)

    assert ADDRESS in client.get("/account").text


def test_a_way_back_works_once_and_then_says_so(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    linked(make, session, known_account(make))
    asked = client.get("/sign-in/orcid")
    back = provider.consent(asked.location)
    client.get(back)
    client.post("/sign-out")

    answer = client.get(back)

    assert answer.status_code == 400
    assert "was used already, or begun in another browser" in answer.text
    assert not is_signed_in(client)


def test_a_way_back_of_another_browser_lets_nobody_in(
    app: Flask, client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    linked(make, session, known_account(make))
    back = provider.consent(client.get("/sign-in/orcid").location)
    victim = app.test_client()

    assert victim.get(back).status_code == 400
    assert not is_signed_in(victim)


def test_who_denies_consent_is_told_and_can_try_again(client: FlaskClient) -> None:
    client.get("/sign-in/orcid")

    answer = client.get("/sign-in/orcid/back?error=access_denied&state=x")

    assert answer.status_code == 400
    assert "You did not allow ORCID" in answer.text
    assert "Try ORCID again" in answer.text


@pytest.mark.parametrize(
    "wrong",
    [{"nonce": "another"}, {"iss": "https://evil.example"}, {"aud": "x"}, {"sub": "x"}, {"exp": 1}],
)
def test_a_token_that_proves_nothing_lets_nobody_in(
    client: FlaskClient, provider: Provider, wrong: dict[str, object]
) -> None:
    provider.claims |= wrong

    answer = come_back(client, provider)

    assert answer.status_code == 400
    assert "proves nothing" in answer.text
    assert not is_signed_in(client)


def test_a_token_signed_by_somebody_else_lets_nobody_in(
    client: FlaskClient, provider: Provider
) -> None:
    provider.signs_with = signing_key("somebody else")

    assert come_back(client, provider).status_code == 400


def test_a_provider_that_is_down_is_said_so(client: FlaskClient, provider: Provider) -> None:
    provider.fails = True

    answer = client.get("/sign-in/orcid")

    assert answer.status_code == 502
    assert "ORCID does not answer now" in answer.text


def test_a_newcomer_is_asked_for_an_address_and_enters_by_the_mailed_link(
    client: FlaskClient, provider: Provider, session: Session
) -> None:
    assert come_back(client, provider).location == "/sign-in/orcid/new"
    assert JOSIAH in client.get("/sign-in/orcid/new").text
    client.post("/sign-in/orcid/new", data={"new-email": ADDRESS})
    assert session.exec(select(Account)).all() == []
    session.commit()
    (mail,) = mails(session)
    assert JOSIAH in mail.body
    door = link(mail)
    session.commit()
    assert ADDRESS in client.get(door).text
    assert session.exec(select(Account)).all() == []
    session.commit()

    client.post(door)

    assert is_signed_in(client)
    (account,) = session.exec(select(Account.id, Account.email, Account.password_hash))
    assert account[1:] == (ADDRESS, NO_PASSWORD)
    assert identities(session) == [(account[0], JOSIAH)]
    # the profile offers to begin with the record of this very iD
    assert f">\n{JOSIAH}</textarea>" in client.get("/profile").text.replace("\r", "")
    assert not enter(client, password=NO_PASSWORD).location
    assert client.post(door).status_code == 302  # the cookie no longer waits: sign in again


def test_the_link_alone_opens_nothing_in_a_browser_that_orcid_does_not_know(
    app: Flask, client: FlaskClient, provider: Provider, session: Session
) -> None:
    come_back(client, provider)
    client.post("/sign-in/orcid/new", data={"new-email": ADDRESS})
    (mail,) = mails(session)
    victim = app.test_client()

    assert "Somebody who signed in with the ORCID iD" in victim.get(link(mail)).text
    victim.post(link(mail))

    assert not is_signed_in(victim)
    assert session.exec(select(Account)).all() == []


def test_an_account_with_that_address_is_never_taken_over(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    known_account(make)
    provider.claims["email"] = ADDRESS
    come_back(client, provider)

    client.post("/sign-in/orcid/new", data={"new-email": ADDRESS})

    assert not is_signed_in(client)
    assert identities(session) == []
    assert "you have an account already" in mails(session)[0].subject


def test_an_account_that_is_there_is_linked_by_its_password_once(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    number = known_account(make).id
    session.commit()
    come_back(client, provider)
    wrong = {"known-email": ADDRESS, "known-password": "not this one"}
    assert client.post("/sign-in/orcid/known", data=wrong).status_code == 422
    assert identities(session) == []

    client.post("/sign-in/orcid/known", data=wrong | {"known-password": PASSWORD})

    assert identities(session) == [(number, JOSIAH)]
    assert is_signed_in(client)
    assert "ORCID can open your account" in mails(session)[-1].subject
    client.post("/sign-out")
    come_back(client, provider)
    assert is_signed_in(client)


def test_an_unconfirmed_account_loses_the_password_that_a_stranger_chose(
    app: Flask, client: FlaskClient, provider: Provider, session: Session
) -> None:
    app.test_client().post("/register", data={"email": ADDRESS, "password": "a stranger's words"})
    come_back(client, provider)
    client.post("/sign-in/orcid/new", data={"new-email": ADDRESS})
    mail = mails(session)[-1]

    client.post(link(mail))

    assert is_signed_in(client)
    assert session.exec(select(Account)).one().password_hash == NO_PASSWORD


def test_linking_from_the_account_asks_first_and_can_be_undone(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    number = known_account(make).id
    session.commit()
    enter(client)
    assert come_back(client, provider).location == "/account/orcid"
    assert identities(session) == []
    assert JOSIAH in client.get("/account/orcid").text

    client.post("/account/orcid")
    client.post("/account/orcid", data={"password": "a guess at the desk"})
    assert identities(session) == []
    client.post("/account/orcid", data={"password": PASSWORD})
    assert identities(session) == [(number, JOSIAH)]
    assert JOSIAH in client.get("/account").text

    client.post("/account/orcid/unlink")
    assert identities(session) == []


def test_an_id_of_another_account_is_not_linked(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    other = make.account()
    linked(make, session, other)
    known_account(make)
    enter(client)
    come_back(client, provider)

    assert "opens another account" in client.get("/account/orcid").text
    client.post("/account/orcid", data={"password": PASSWORD})

    assert identities(session) == [(other.id, JOSIAH)]


def test_the_only_way_in_is_not_taken_off(
    client: FlaskClient, provider: Provider, make: Factory, session: Session
) -> None:
    account = make.account(password_hash=NO_PASSWORD)
    linked(make, session, account)
    come_back(client, provider)

    answer = client.post("/account/orcid/unlink", follow_redirects=True)

    assert "first set a password" in answer.text
    assert identities(session) == [(account.id, JOSIAH)]


def test_no_token_and_no_secret_is_ever_logged(
    client: FlaskClient, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        asked = client.get("/sign-in/orcid")
        client.get(provider.consent(asked.location))

    said = " ".join(record.getMessage() for record in caplog.records)
    assert "secret-token" not in said
    assert SECRET not in said
    assert "code_verifier" not in said
