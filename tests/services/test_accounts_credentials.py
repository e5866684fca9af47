"""Changing password and address."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from models import Account
from services.accounts import BadAddress, Desk
from services.accounts_credentials import (
    account_to_reset,
    address_to_move_to,
    ask_move,
    ask_reset,
    change_password,
    move,
    reset,
    set_password,
)
from services.accounts_passwords import Passwords, WeakPassword
from services.accounts_sign_in import LOCKED_FOR
from services.accounts_tokens import LinkDead
from services.errors import NotFound
from tests.factories import Factory
from tests.services.conftest import PostBox

OLD, NEW = "reed boat lantern", "paper moon harbour"
ADDRESS, NEW_ADDRESS = "kim@example.org", "kim@example.com"


@pytest.fixture
def account(make: Factory, passwords: Passwords) -> Account:
    return make.account(email=ADDRESS, password_hash=passwords.hash(OLD))


def test_a_new_password_ends_every_session_and_tells_the_owner(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    epoch = account.session_epoch
    change_password(session, desk, account.id, NEW, now)
    assert desk.passwords.matches(account.password_hash, NEW)
    assert account.session_epoch == epoch + 1
    assert post_box.kinds(ADDRESS) == ["password-changed"]


def test_a_weak_new_password_changes_nothing(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    with pytest.raises(WeakPassword):
        change_password(session, desk, account.id, ADDRESS, now)
    assert desk.passwords.matches(account.password_hash, OLD)


def test_an_administrator_sets_a_password_by_address(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    set_password(session, desk, "KIM@example.org", NEW, now)
    assert desk.passwords.matches(account.password_hash, NEW)
    with pytest.raises(NotFound, match="account create"):
        set_password(session, desk, "lee@example.org", NEW, now)


def test_a_forgotten_password_is_set_by_a_mailed_link_once(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    ask_reset(session, desk, ADDRESS, now)
    token = post_box.token("reset")
    assert account_to_reset(session, desk, token, now) is account
    reset(session, desk, token, NEW, now)
    assert desk.passwords.matches(account.password_hash, NEW)
    with pytest.raises(LinkDead):
        reset(session, desk, token, "yet another one", now)


def test_nobody_hears_of_a_reset_for_an_unknown_address(
    session: Session, desk: Desk, post_box: PostBox, now: datetime
) -> None:
    ask_reset(session, desk, "lee@example.org", now)
    ask_reset(session, desk, "not an address", now)
    assert post_box.kinds("lee@example.org") == []


def test_asking_again_and_again_sends_one_mail_in_five_minutes(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    for seconds in (0, 10, 299, 300):
        ask_reset(session, desk, ADDRESS, now + timedelta(seconds=seconds))
    assert post_box.kinds(ADDRESS) == ["reset", "reset"]


def test_a_reset_lifts_a_lock_and_confirms_the_address(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    account.sqlmodel_update({"locked_until": now + LOCKED_FOR, "confirmed_at": None})
    session.commit()
    ask_reset(session, desk, ADDRESS, now)
    reset(session, desk, post_box.token("reset"), NEW, now)
    assert (account.locked_until, account.failed_sign_ins) == (None, 0)
    assert account.confirmed_at == now


def test_a_weak_password_does_not_use_a_reset_link_up(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    ask_reset(session, desk, ADDRESS, now)
    token = post_box.token("reset")
    with pytest.raises(WeakPassword):
        reset(session, desk, token, "short", now)
    assert reset(session, desk, token, NEW, now) is account


def test_an_account_moves_when_the_new_address_proves_itself(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    epoch = account.session_epoch
    ask_move(session, desk, account.id, NEW_ADDRESS, now)
    assert account.email == ADDRESS
    assert post_box.kinds(NEW_ADDRESS) == ["move"]
    token = post_box.token("move")
    assert address_to_move_to(session, desk, token, now) == NEW_ADDRESS
    move(session, desk, token, now)
    assert account.email == NEW_ADDRESS
    assert account.session_epoch == epoch + 1
    assert post_box.kinds(ADDRESS) == ["moved"]
    with pytest.raises(LinkDead):
        move(session, desk, token, now)


@pytest.mark.parametrize(
    ("shown", "after"), [(ADDRESS, NEW_ADDRESS), ("office@example.org", "office@example.org")]
)
def test_the_profile_follows_if_it_showed_the_old_address(
    session: Session,
    desk: Desk,
    account: Account,
    make: Factory,
    post_box: PostBox,
    now: datetime,
    shown: str,
    after: str,
) -> None:
    profile = make.profile(account_id=account.id, email=shown)
    ask_move(session, desk, account.id, NEW_ADDRESS, now)
    move(session, desk, post_box.token("move"), now)
    session.refresh(profile)
    assert profile.email == after


def test_whoever_owns_the_wished_address_is_told_and_nobody_else(
    session: Session, desk: Desk, account: Account, make: Factory, post_box: PostBox, now: datetime
) -> None:
    make.account(email=NEW_ADDRESS)
    ask_move(session, desk, account.id, NEW_ADDRESS, now)
    assert post_box.kinds(NEW_ADDRESS) == ["move-taken"]
    assert post_box.kinds(ADDRESS) == []


def test_an_address_that_was_registered_meanwhile_is_not_taken_over(
    session: Session, desk: Desk, account: Account, make: Factory, post_box: PostBox, now: datetime
) -> None:
    ask_move(session, desk, account.id, NEW_ADDRESS, now)
    make.account(email=NEW_ADDRESS)
    with pytest.raises(LinkDead):
        move(session, desk, post_box.token("move"), now)
    assert account.email == ADDRESS


def test_moving_to_the_same_address_or_to_none_sends_nothing(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    ask_move(session, desk, account.id, "KIM@example.org", now)
    with pytest.raises(BadAddress):
        ask_move(session, desk, account.id, "nowhere", now)
    assert post_box.kinds(ADDRESS) == []


def test_a_new_password_kills_a_pending_move(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    ask_move(session, desk, account.id, NEW_ADDRESS, now)
    change_password(session, desk, account.id, NEW, now)
    with pytest.raises(LinkDead):
        move(session, desk, post_box.token("move"), now)
