"""Tokens are good for one purpose, one account, a while, and once."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from services.accounts_tokens import CONFIRM, MOVE, RESET, LinkDead, Purpose, Tokens
from tests.factories import Factory

TOKENS = Tokens("one secret")


def test_a_token_names_its_account_and_address(
    session: Session, make: Factory, now: datetime
) -> None:
    account = make.account(email="kim@example.org")
    claim = TOKENS.read(session, RESET, TOKENS.make(RESET, account, now), now)
    assert (claim.account.id, claim.address) == (account.id, "kim@example.org")


def test_a_token_may_be_about_another_address(
    session: Session, make: Factory, now: datetime
) -> None:
    token = TOKENS.make(MOVE, make.account(), now, "new@example.org")
    assert TOKENS.read(session, MOVE, token, now).address == "new@example.org"


@pytest.mark.parametrize("purpose", [CONFIRM, RESET, MOVE])
def test_a_token_dies_of_age(
    session: Session, make: Factory, now: datetime, purpose: Purpose
) -> None:
    token = TOKENS.make(purpose, make.account(), now)
    just_before = now + purpose.lasts - timedelta(seconds=1)
    assert TOKENS.read(session, purpose, token, just_before)
    with pytest.raises(LinkDead):
        TOKENS.read(session, purpose, token, now + purpose.lasts)


@pytest.mark.parametrize(("made_for", "used_for"), [(CONFIRM, RESET), (RESET, MOVE), (MOVE, RESET)])
def test_a_token_of_one_purpose_opens_no_other_door(
    session: Session, make: Factory, now: datetime, made_for: Purpose, used_for: Purpose
) -> None:
    token = TOKENS.make(made_for, make.account(), now)
    with pytest.raises(LinkDead):
        TOKENS.read(session, used_for, token, now)


@pytest.mark.parametrize("change", [{"password_hash": "other"}, {"email": "other@example.org"}])
def test_a_token_dies_when_the_password_or_the_address_changes(
    session: Session, make: Factory, now: datetime, change: dict[str, str]
) -> None:
    account = make.account()
    token = TOKENS.make(RESET, account, now)
    for name, value in change.items():
        setattr(account, name, value)
    session.commit()
    with pytest.raises(LinkDead):
        TOKENS.read(session, RESET, token, now)


def test_a_token_dies_with_its_account(session: Session, make: Factory, now: datetime) -> None:
    account = make.account()
    token = TOKENS.make(RESET, account, now)
    session.delete(account)
    session.commit()
    with pytest.raises(LinkDead):
        TOKENS.read(session, RESET, token, now)


def test_another_installation_cannot_make_our_tokens(
    session: Session, make: Factory, now: datetime
) -> None:
    token = Tokens("another secret").make(RESET, make.account(), now)
    with pytest.raises(LinkDead):
        TOKENS.read(session, RESET, token, now)


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "WzFd.sig", "\x00", "한글"])
def test_nonsense_is_a_dead_link_and_no_fault(session: Session, now: datetime, token: str) -> None:
    with pytest.raises(LinkDead):
        TOKENS.read(session, RESET, token, now)


def test_a_token_says_nothing_of_the_password(make: Factory, now: datetime) -> None:
    account = make.account(password_hash="$argon2id$kept")
    assert "argon2id" not in TOKENS.make(RESET, account, now)
