"""Which passwords are good enough, and how they are kept."""

import unicodedata

import pytest
from argon2 import PasswordHasher

from services.accounts_passwords import (
    LONGEST,
    Passwords,
    WeakPassword,
    check_password,
    generate_password,
)

GOOD = "reed boat lantern"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("too short", "password-short"),
        ("x" * LONGEST + "abcdef", "password-long"),
        ("Kim.Minseo@example.org", "password-address"),
        ("KIM.MINSEO", "password-address"),
        ("Password123", "password-common"),
        ("qwertyuiop", "password-common"),
        ("ababababab", "password-common"),
        ("semiconductor", "password-common"),
    ],
)
def test_a_password_that_would_soon_be_guessed_is_refused(password: str, code: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        check_password(password, "kim.minseo@example.org")
    assert refused.value.code == code


@pytest.mark.parametrize("password", [GOOD, "열 글자가 넘는 우리말 문장", "  spaces count  "])
def test_a_sentence_in_either_language_is_a_good_password(password: str) -> None:
    check_password(password, "kim@example.org")


def test_a_password_matches_its_hash_and_no_other(passwords: Passwords) -> None:
    kept = passwords.hash(GOOD)
    assert GOOD not in kept
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, GOOD)
    assert not passwords.matches(kept, GOOD + " ")


def test_the_same_password_is_never_kept_the_same_way(passwords: Passwords) -> None:
    assert passwords.hash(GOOD) != passwords.hash(GOOD)


def test_a_korean_password_matches_however_the_keyboard_composes_it(passwords: Passwords) -> None:
    kept = passwords.hash(unicodedata.normalize("NFC", "반도체 학회 서울"))
    assert passwords.matches(kept, unicodedata.normalize("NFD", "반도체 학회 서울"))


@pytest.mark.parametrize("kept", [None, "!", "", "$argon2id$broken"])
def test_what_is_no_hash_never_matches(passwords: Passwords, kept: str | None) -> None:
    assert not passwords.matches(kept, GOOD)


class CountingHasher(PasswordHasher):
    verified = 0

    def verify(self, *args: object, **kwargs: object) -> bool:  # type: ignore[override]
        self.verified += 1
        return super().verify(*args, **kwargs)  # type: ignore[arg-type]


@pytest.mark.parametrize("kept", [None, "!"])
def test_an_address_without_a_usable_hash_costs_a_real_check_all_the_same(
    kept: str | None,
) -> None:
    hasher = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    Passwords(hasher).matches(kept, GOOD)
    # The unusable hash costs nothing by itself; the dummy is what takes the time.
    assert hasher.verified == (1 if kept is None else 2)


def test_a_hash_of_older_parameters_is_renewed(passwords: Passwords) -> None:
    older = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    kept = older.hash(GOOD)
    renewed = passwords.renewed(kept, GOOD)
    assert renewed is not None
    assert passwords.matches(renewed, GOOD)
    assert passwords.renewed(renewed, GOOD) is None


def test_the_usual_parameters_are_those_of_rfc_9106_for_little_memory() -> None:
    kept = Passwords().hash(GOOD)
    assert "m=65536,t=3,p=4" in kept


def test_generated_passwords_are_good_and_differ() -> None:
    made = {generate_password() for _ in range(20)}
    assert len(made) == 20
    for password in made:
        check_password(password, "kim@example.org")
