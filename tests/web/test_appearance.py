"""Light paper, dark paper, or as the reader's system says."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account
from tests.factories import Factory

FOR_DARK_SYSTEMS = "screen and (prefers-color-scheme: dark)"
ALWAYS_DARK = "screen"


def dark_for(client: FlaskClient) -> str | None:
    """Read for what the page's dark colours are; None without any."""
    page = client.get("/sign-in").text
    found = re.search(r'dark\.css[^"]*" media="([^"]*)"', page)
    return found.group(1) if found else None


def test_a_page_follows_the_system_until_somebody_chooses(client: FlaskClient) -> None:
    assert dark_for(client) == FOR_DARK_SYSTEMS


def test_a_visitors_choice_stays_in_the_cookie(client: FlaskClient) -> None:
    answer = client.post("/appearance", data={"appearance": "dark", "next": "/sign-in"})
    assert answer.location == "/sign-in"
    assert dark_for(client) == ALWAYS_DARK
    client.post("/appearance", data={"appearance": "light"})
    assert dark_for(client) is None


def test_an_accounts_choice_stays_with_the_account(
    sign_in: Callable[[Account], FlaskClient], make: Factory, session: Session
) -> None:
    account = make.account()
    client = sign_in(account)
    client.post("/appearance", data={"appearance": "dark"})
    session.refresh(account)
    assert account.appearance == "dark"
    session.commit()
    assert ALWAYS_DARK in client.get("/account").text


def test_going_back_to_the_system_forgets_the_choice(
    sign_in: Callable[[Account], FlaskClient], make: Factory, session: Session
) -> None:
    account = make.account(appearance="dark")
    client = sign_in(account)
    client.post("/appearance", data={"appearance": "system"})
    session.refresh(account)
    assert account.appearance is None
    session.commit()
    assert FOR_DARK_SYSTEMS in client.get("/account").text


@pytest.mark.parametrize("wish", ["", "sepia", "DARK"])
def test_an_unknown_choice_changes_nothing(client: FlaskClient, wish: str) -> None:
    client.post("/appearance", data={"appearance": "dark"})
    assert client.post("/appearance", data={"appearance": wish}).location == "/"
    assert dark_for(client) == ALWAYS_DARK


def test_the_choice_that_holds_is_named(client: FlaskClient) -> None:
    client.post("/appearance", data={"appearance": "dark"})
    assert '<span aria-current="true">Dark</span>' in client.get("/sign-in").text
