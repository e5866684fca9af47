"""Signing in, and the lock-out after too many wrong passwords."""

from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import Session

from models import Account
from services.accounts import Desk
from services.accounts_passwords import Passwords
from services.accounts_sign_in import LOCKED_FOR, TRIES, check, look_up, settle, unlock
from tests.factories import Factory
from tests.services.conftest import PostBox

ADDRESS = "kim@example.org"
RIGHT, WRONG = "reed boat lantern", "reed boat lamp"


@pytest.fixture
def account(make: Factory, passwords: Passwords) -> Account:
    return make.account(email=ADDRESS, password_hash=passwords.hash(RIGHT))


def _try(session: Session, desk: Desk, password: str, now: datetime) -> Account | None:
    known = look_up(session, ADDRESS)
    session.rollback()
    found = settle(session, desk, known, check(desk.passwords, known, password), now)
    session.commit()
    return found


def test_the_right_password_lets_in(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    found = _try(session, desk, RIGHT, now)
    assert found is not None
    assert found.id == account.id


@pytest.mark.parametrize("password", [WRONG, "", "x" * 5000])
def test_a_wrong_one_does_not(
    session: Session, desk: Desk, account: Account, now: datetime, password: str
) -> None:
    assert _try(session, desk, password, now) is None


def test_an_address_without_account_is_answered_alike(
    session: Session, desk: Desk, now: datetime
) -> None:
    assert _try(session, desk, RIGHT, now) is None


def test_too_many_wrong_passwords_lock_even_the_right_one_out(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    for _ in range(TRIES):
        assert _try(session, desk, WRONG, now) is None
    assert _try(session, desk, RIGHT, now) is None
    assert _try(session, desk, RIGHT, now + LOCKED_FOR - timedelta(seconds=1)) is None


def test_the_lock_ends_when_it_said_it_would_however_often_somebody_tries(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    for _ in range(TRIES):
        _try(session, desk, WRONG, now)
    for minutes in range(14):
        _try(session, desk, WRONG, now + timedelta(minutes=minutes))
    assert _try(session, desk, RIGHT, now + LOCKED_FOR) is not None


def test_after_a_lock_the_count_begins_anew(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    for _ in range(TRIES):
        _try(session, desk, WRONG, now)
    later = now + LOCKED_FOR
    for _ in range(TRIES - 1):
        _try(session, desk, WRONG, later)
    assert _try(session, desk, RIGHT, later) is not None


def test_success_forgets_the_wrong_ones(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            _try(session, desk, WRONG, now)
        assert _try(session, desk, RIGHT, now) is not None


def test_guesses_that_were_checked_at_the_same_moment_are_all_counted(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    known = look_up(session, ADDRESS)
    session.rollback()
    wrong, right = (check(desk.passwords, known, word) for word in (WRONG, RIGHT))
    for _ in range(TRIES):
        settle(session, desk, known, wrong, now)
    # The right guess was checked before the lock fell; it comes too late all the same.
    assert settle(session, desk, known, right, now) is None


def test_a_password_that_was_changed_meanwhile_does_not_let_in(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    known = look_up(session, ADDRESS)
    proof = check(desk.passwords, known, RIGHT)
    account.password_hash = desk.passwords.hash("quite another one")
    session.commit()
    assert settle(session, desk, known, proof, now) is None


def test_an_unconfirmed_account_gets_its_link_again_and_no_entry(
    session: Session, desk: Desk, account: Account, post_box: PostBox, now: datetime
) -> None:
    account.confirmed_at = None
    session.commit()
    assert _try(session, desk, WRONG, now) is None
    assert post_box.kinds(ADDRESS) == []
    assert _try(session, desk, RIGHT, now) is None
    assert _try(session, desk, RIGHT, now) is None
    assert post_box.kinds(ADDRESS) == ["confirm"]


def test_an_older_hash_is_renewed_on_the_way_in(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    older = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    account.password_hash = older.hash(RIGHT)
    session.commit()
    assert _try(session, desk, RIGHT, now) is not None
    session.refresh(account)
    assert desk.passwords.renewed(account.password_hash, RIGHT) is None
    assert _try(session, desk, RIGHT, now) is not None


def test_an_administrator_lifts_a_lock(
    session: Session, desk: Desk, account: Account, now: datetime
) -> None:
    for _ in range(TRIES):
        _try(session, desk, WRONG, now)
    unlock(session, account.id)
    session.commit()
    assert _try(session, desk, RIGHT, now) is not None
