"""A stranger registers, and confirms by a mailed link."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import Account
from services.accounts import BadAddress, Desk
from services.accounts_passwords import WeakPassword
from services.accounts_registration import Registration, account_to_confirm, confirm, register
from services.accounts_tokens import LinkDead
from tests.factories import Factory
from tests.services.conftest import PostBox

ADDRESS = "kim@example.org"
WISH = Registration(ADDRESS, "reed boat lantern", "ko")


def test_registering_makes_an_account_that_waits(
    session: Session, desk: Desk, post_box: PostBox, now: datetime
) -> None:
    register(session, desk, WISH, now)
    account = session.exec(select(Account)).one()
    assert (account.email, account.language, account.confirmed_at) == (ADDRESS, "ko", None)
    assert post_box.kinds(ADDRESS) == ["confirm"]


def test_the_mailed_link_confirms(
    session: Session, desk: Desk, post_box: PostBox, now: datetime
) -> None:
    register(session, desk, WISH, now)
    token, later = post_box.token("confirm"), now + timedelta(days=1)
    assert account_to_confirm(session, desk, token, later).confirmed_at is None
    assert confirm(session, desk, token, later).confirmed_at == later


def test_a_second_click_changes_nothing_and_is_no_error(
    session: Session, desk: Desk, post_box: PostBox, now: datetime
) -> None:
    register(session, desk, WISH, now)
    token = post_box.token("confirm")
    confirm(session, desk, token, now)
    assert confirm(session, desk, token, now + timedelta(hours=1)).confirmed_at == now


def test_an_owner_learns_by_mail_alone_that_there_is_an_account(
    session: Session, desk: Desk, make: Factory, post_box: PostBox, now: datetime
) -> None:
    account = make.account(email=ADDRESS, password_hash="kept")
    register(session, desk, WISH, now)
    register(session, desk, WISH, now + timedelta(minutes=30))
    session.refresh(account)
    assert account.password_hash == "kept"
    # One mail a day: registering is no way to flood a stranger.
    assert post_box.kinds(ADDRESS) == ["already"]


def test_registering_again_before_confirming_sets_the_password_and_kills_the_first_link(
    session: Session, desk: Desk, post_box: PostBox, now: datetime
) -> None:
    register(session, desk, WISH, now)
    first = post_box.token("confirm")
    register(session, desk, Registration(ADDRESS, "another lantern"), now)
    with pytest.raises(LinkDead):
        confirm(session, desk, first, now)
    account = confirm(session, desk, post_box.token("confirm"), now)
    assert desk.passwords.matches(account.password_hash, "another lantern")
    assert session.exec(select(Account)).all() == [account]


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Registration("nobody", "reed boat lantern"), BadAddress),
        (Registration(ADDRESS, "short"), WeakPassword),
    ],
)
def test_what_cannot_be_an_account_makes_none(
    session: Session, desk: Desk, now: datetime, wish: Registration, error: type[Exception]
) -> None:
    with pytest.raises(error):
        register(session, desk, wish, now)
    assert session.exec(select(Account)).all() == []
