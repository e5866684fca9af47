"""The list that helps to type an organisation."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from models import Account
from tests.factories import Factory


@pytest.fixture
def browser(make: Factory, sign_in: Callable[[Account], FlaskClient]) -> FlaskClient:
    make.organisation("Korea Advanced Institute", acronyms=("KAIST", "카이스트"), city="Daejeon")
    make.organisation("Imperial <College>", country="GB")
    return sign_in(make.account())


@pytest.mark.parametrize(
    "address", ["q=kaist", "q=카이스트", "organisation=advanced", "q=KAI%20ST"]
)
def test_any_name_or_acronym_gives_an_option(address: str, browser: FlaskClient) -> None:
    page = browser.get(f"/organisations?{address}").text

    assert page.count("<option") == 1
    assert '<option value="Korea Advanced Institute">' in page
    assert "Daejeon, South Korea" in page


def test_a_page_names_its_own_fields_and_the_country_comes_first(
    browser: FlaskClient, make: Factory
) -> None:
    make.organisation("Institute of Advanced Korea", country="GB")
    sent = "field=f3-value&country_field=f2-value&f3-value=advanced"

    for country, first in (("GB", "Institute of"), ("KR", "Korea Advanced")):
        page = browser.get(f"/organisations?{sent}&f2-value={country}").text
        assert page.index(first) == page.index('<option value="') + len('<option value="')


def test_what_was_matched_is_shown_with_the_name(browser: FlaskClient) -> None:
    assert "카이스트 – KAIST – Daejeon" in browser.get("/organisations?q=카이스트").text


def test_names_are_text_and_never_markup(browser: FlaskClient) -> None:
    assert "Imperial &lt;College&gt;" in browser.get("/organisations?q=imperial").text


def test_nothing_typed_gives_nothing(browser: FlaskClient) -> None:
    assert "<option" not in browser.get("/organisations").text


def test_it_takes_three_queries_with_the_account(browser: FlaskClient, count_queries: Any) -> None:
    with count_queries() as queries:
        browser.get("/organisations?q=kaist")

    # the account, its profile, its roles, the organisations
    assert queries.total == 4
