"""Whatever stops an act on an account is said in a sentence."""

import re
from pathlib import Path

import pytest
from flask import Flask

from services.accounts import BadAddress
from services.accounts_passwords import WeakPassword
from services.errors import ServiceError
from services.field_editing import BadSlug, FieldExists
from services.mail import NotResendable
from services.role_requests import AlreadyAnswered, AlreadyAsked
from services.roles import LastAdministrator
from web.account_words import SENTENCES, sentence

PASSWORDS = Path(__file__).parents[2] / "services" / "accounts_passwords.py"
CODES = sorted(set(re.findall(r'"(password-[a-z]+)"', PASSWORDS.read_text(encoding="utf-8"))))
SHOWN = (
    BadAddress,
    BadSlug,
    FieldExists,
    NotResendable,
    AlreadyAnswered,
    AlreadyAsked,
    LastAdministrator,
)


@pytest.mark.parametrize("error", SHOWN, ids=lambda error: error.code)
def test_every_fact_that_a_page_shows_has_a_sentence(app: Flask, error: type[ServiceError]) -> None:
    with app.test_request_context("/"):
        assert sentence(error("not for people")).endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_every_rule_about_passwords_has_a_sentence(app: Flask, code: str) -> None:
    with app.test_request_context("/"):
        assert sentence(WeakPassword(code, "not for people")).endswith(".")


def test_no_sentence_has_a_gap(app: Flask) -> None:
    with app.test_request_context("/"):
        assert not [code for code, words in SENTENCES.items() if "%(" in str(words)]
