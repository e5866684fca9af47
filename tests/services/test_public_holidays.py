"""Holidays of both sides are known by day, in the reader's language where there is one."""

from datetime import date

import pytest
from sqlmodel import Session

from services.public_holidays import Holiday, holidays_on, main_country
from tests.factories import Factory

NEW_YEAR, SEOLLAL, ORDINARY = date(2027, 1, 1), date(2027, 2, 8), date(2027, 1, 12)


def test_a_day_has_the_holidays_of_both_countries() -> None:
    found = holidays_on([NEW_YEAR, ORDINARY], ["DE", "KR"], "en")
    assert [one.country for one in found[NEW_YEAR]] == ["DE", "KR"]
    assert ORDINARY not in found


def test_a_country_is_asked_once() -> None:
    assert len(holidays_on([NEW_YEAR], ["KR", "KR"], "en")[NEW_YEAR]) == 1


@pytest.mark.parametrize(
    ("language", "name"), [("ko", "삼일절"), ("en", "Independence Movement Day")]
)
def test_names_are_in_the_readers_language(language: str, name: str) -> None:
    day = date(2027, 3, 1)
    assert holidays_on([day], ["KR"], language)[day] == (Holiday("KR", name),)


def test_a_country_without_korean_names_gives_its_own() -> None:
    assert holidays_on([NEW_YEAR], ["DE"], "ko")[NEW_YEAR][0].name == "Neujahr"


def test_a_country_that_nobody_keeps_a_calendar_of_has_no_holidays() -> None:
    assert holidays_on([NEW_YEAR], ["ZZ"], "en") == {}


def test_the_main_country_of_a_side_is_where_most_of_it_comes_from(
    session: Session, make: Factory
) -> None:
    edition = make.edition()
    for country in ("FR", "DE", "FR", "KR"):
        make.profile(edition, country=country)
    make.profile(country="DE")
    assert main_country(session, edition.id, "left") == "FR"
    assert main_country(session, edition.id, "right") == "KR"
    assert main_country(session, make.edition().id, "left") is None
