"""Lists of countries as people write them."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.countries import CODES
from web.country_list import CountryList, read_countries, write_countries


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Germany\nFrance", {"DE", "FR"}),
        ("germany, FRANCE;  kr", {"DE", "FR", "KR"}),
        ("UK, EL", {"GB", "GR"}),
        ("Türkiye", {"TR"}),
        ("", set()),
        (" ,\n;, ", set()),
    ],
)
def test_names_and_codes_are_read(app: Flask, text: str, codes: set[str]) -> None:
    with app.app_context():
        assert read_countries(text) == CountryList(frozenset(codes))


def test_what_is_no_country_is_given_back(app: Flask) -> None:
    with app.app_context():
        found = read_countries("Atlantis, DE, EU, Europe")
    assert found == CountryList(frozenset({"DE"}), ("Atlantis", "EU", "Europe"))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=st.frozensets(st.sampled_from(sorted(CODES))))
def test_whatever_is_written_is_read_back(app: Flask, codes: frozenset[str]) -> None:
    with app.test_request_context("/"):
        assert read_countries(write_countries(codes)) == CountryList(codes)
