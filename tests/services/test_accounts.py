"""How an address is written, found and made into an account."""

from datetime import datetime

import pytest
from sqlmodel import Session

from services.accounts import (
    AddressTaken,
    BadAddress,
    choose_language,
    create_account,
    find_account,
    get_account,
    normal_address,
)
from services.accounts_passwords import Passwords, WeakPassword
from services.errors import NotFound
from tests.factories import Factory

GOOD = "reed boat lantern"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" Kim.Minseo@Example.ORG ", "kim.minseo@example.org"),
        ("kim@한국.kr", "kim@xn--3e0b707e.kr"),
        ("researcher-eu@demo.example", "researcher-eu@demo.example"),
    ],
)
def test_an_address_has_one_form(written: str, normal: str) -> None:
    assert normal_address(written) == normal


@pytest.mark.parametrize(
    "text",
    ["", "kim", "kim@", "@example.org", "kim@localhost", "a@b@c.de", "김@example.org",
     "kim@example.org\nbcc: all@example.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        normal_address(text)


def test_an_account_is_found_however_its_address_is_written(
    session: Session, make: Factory
) -> None:
    account = make.account(email="kim@example.org")
    found = find_account(session, " KIM@example.org")
    assert found is not None
    assert found.id == account.id
    assert find_account(session, "lee@example.org") is None
    assert find_account(session, "no address") is None


def test_a_created_account_is_confirmed(
    session: Session, passwords: Passwords, now: datetime
) -> None:
    account = create_account(session, passwords, "Kim@Example.org", GOOD, now)
    assert account.email == "kim@example.org"
    assert account.confirmed_at == now
    assert passwords.matches(account.password_hash, GOOD)


def test_an_address_has_one_account(session: Session, passwords: Passwords, now: datetime) -> None:
    create_account(session, passwords, "kim@example.org", GOOD, now)
    with pytest.raises(AddressTaken, match=r"kim@example\.org"):
        create_account(session, passwords, "KIM@example.org", GOOD, now)
    # The transaction is still good for more.
    assert create_account(session, passwords, "lee@example.org", GOOD, now).id


def test_an_account_is_not_created_with_a_weak_password(
    session: Session, passwords: Passwords, now: datetime
) -> None:
    with pytest.raises(WeakPassword):
        create_account(session, passwords, "kim@example.org", "1234567890", now)


def test_an_account_that_is_not_there_is_a_fact(session: Session) -> None:
    with pytest.raises(NotFound):
        get_account(session, 77)


def test_the_language_stays_with_the_account(session: Session, make: Factory) -> None:
    account = make.account()
    choose_language(session, account.id, "ko")
    session.commit()
    session.refresh(account)
    assert account.language == "ko"
