"""The pages on which organisers set an edition, part by part."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from models import Account, AuditEntry, Edition
from services.edition_dates import moment
from services.edition_editing import PARTS
from services.edition_sides import Sides, read_sides
from services.programme import programme_of
from tests.factories import Factory

SignIn = Callable[[Account], FlaskClient]
DESK = "/organise/demo"


@pytest.fixture
def browser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="demo")


def form_of(browser: FlaskClient, part: str, query: str = "") -> dict[str, Any]:
    """Read a form as a browser would send it again."""
    text = browser.get(f"{DESK}/{part}{query}").text.split("<form", 2)[2]
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and (not re.search(r'type="(radio|checkbox)"', tag) or " checked" in tag):
            values[name[1]] = value[1] if value else ""
    values |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', text))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        values[name] = chosen[1] if chosen else ""
    return values


def save(browser: FlaskClient, part: str, query: str = "", **wish: Any) -> Any:
    return browser.post(f"{DESK}/{part}", data=form_of(browser, part, query) | wish)


def test_every_part_has_a_page_that_can_be_saved_as_it_is(
    browser: FlaskClient, edition: Edition, make: Factory, session: Session
) -> None:
    make.field("quantum")
    assert save(browser, "fields", fields=["quantum"]).status_code == 302
    assert save(browser, "programme", **programme(edition)).status_code == 302
    for part in PARTS:
        answer = save(browser, part)
        assert (part, answer.status_code) == (part, 302)
        assert "Nothing was changed." in browser.get(answer.location).text
    acts = [entry.act for entry in session.exec(select(AuditEntry))]
    assert acts == ["changed-fields", "changed-programme"]


def test_names_and_texts_are_saved_in_both_languages(
    browser: FlaskClient, edition: Edition, session: Session
) -> None:
    answer = save(browser, "texts", name_en="Jeju", name_ko="제주", left_zone="Europe/Prague")
    assert "Saved." in browser.get(answer.location).text
    session.refresh(edition)
    assert (edition.name_en, edition.name_ko) == ("Jeju", "제주")
    assert edition.left_zone == "Europe/Prague"
    session.commit()


def test_dates_are_entered_on_either_clock(
    browser: FlaskClient, edition: Edition, session: Session
) -> None:
    day = edition.closes_at.date() + timedelta(days=1)
    given = {"closes_at_day": day.isoformat(), "closes_at_hour": "09:00"}
    for query, zone in (("", "Europe/Brussels"), ("?clock=right", "Asia/Seoul")):
        assert save(browser, "dates", query, **given).status_code == 302
        session.refresh(edition)
        assert edition.closes_at == moment(day, edition.closes_at.min.time().replace(9), zone)
        session.commit()


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("2027-03-28", "02:30", "This hour does not exist on that day"),
        ("2027-10-31", "02:30", "This hour comes twice on that day"),
        ("2026-01-01", "09:00", "The forum ends after it begins."),
        ("", "09:00", "Choose a day."),
    ],
)
def test_a_date_that_cannot_be_is_explained_beside_it(
    browser: FlaskClient, edition: Edition, day: str, hour: str, words: str
) -> None:
    answer = save(browser, "dates", ends_at_day=day, ends_at_hour=hour)
    assert answer.status_code == 422
    assert words in answer.text


def test_two_organisers_at_once_the_second_is_told_and_may_decide(
    browser: FlaskClient, edition: Edition, session: Session
) -> None:
    mine = form_of(browser, "partners")
    save(browser, "partners", most_partners=7)
    answer = browser.post(f"{DESK}/partners", data=mine | {"most_partners": 4})
    assert answer.status_code == 409
    assert "Somebody else changed this since you opened the page." in answer.text
    assert re.search(r"Most partners</dt><dd[^>]*>7", answer.text)
    assert re.search(r'name="most_partners"[^>]*value="4"', answer.text)
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', answer.text)
    assert seen
    again = mine | {"most_partners": 4, "seen": seen[1]}
    assert browser.post(f"{DESK}/partners", data=again).status_code == 302
    session.refresh(edition)
    assert edition.most_partners == 4


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"least_partners": 6}, "The most may not be below the least."),
        ({"least_newcomers": 6}, "This edition gives people 5 partners at most."),
        ({"most_partners": "many"}, "Give a whole number, such as 2."),
    ],
)
def test_numbers_that_make_no_sense_are_told_in_words(
    browser: FlaskClient, edition: Edition, wish: dict[str, Any], words: str
) -> None:
    answer = save(browser, "partners", **wish)
    assert answer.status_code == 422
    assert words in answer.text


def test_countries_are_shown_by_name_and_saved_by_name_or_code(
    browser: FlaskClient, edition: Edition, session: Session
) -> None:
    assert "France\nGermany" in browser.get(f"{DESK}/sides").text
    wish = {"left": "germany, no\nFrance", "right": "South Korea; JP"}
    assert save(browser, "sides", **wish).status_code == 302
    expected = Sides(frozenset({"DE", "NO", "FR"}), frozenset({"KR", "JP"}))
    assert read_sides(session, edition.id) == expected


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"right": "South Korea, Germany"}, "On both sides: Germany"),
        ({"left": "Germany, Atlantis"}, "No country is called Atlantis"),
        ({"right": ""}, "Name at least one country"),
        ({"right": " , "}, "Name at least one country"),
        ({"left": "France"}, "People take part from Germany (2)"),
    ],
)
def test_lists_that_cannot_be_are_explained_and_change_nothing(
    browser: FlaskClient,
    make: Factory,
    edition: Edition,
    session: Session,
    wish: dict[str, str],
    words: str,
) -> None:
    make.profile(edition, country="DE")
    make.profile(edition, country="DE")
    before = read_sides(session, edition.id)
    session.commit()
    answer = save(browser, "sides", **wish)
    assert answer.status_code == 422
    assert words in answer.text
    assert read_sides(session, edition.id) == before


def programme(edition: Edition, **wish: Any) -> dict[str, Any]:
    day = edition.starts_at.date().isoformat()
    first = {"days-0-day": day, "days-0-start": "11:00", "days-0-end": "17:00"}
    places = {"days-0-breaks": "12:00-13:00", "minutes": "30", "where": "tables", "tables": "20"}
    return first | places | wish


def test_a_programme_is_days_with_breaks_at_tables(
    browser: FlaskClient, edition: Edition, session: Session
) -> None:
    assert save(browser, "programme", **programme(edition)).status_code == 302
    session.refresh(edition)
    found = programme_of(edition)
    assert (len(found.slots), found.tables) == (10, 20)
    session.commit()
    again = form_of(browser, "programme")
    assert again["days-0-breaks"] == "12:00-13:00"
    assert again["days-1-day"] == ""


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"days-0-breaks": "noon"}, "Write breaks as 12:00-13:00"),
        ({"days-0-breaks": "09:00-12:00"}, "A break lies within the day"),
        ({"days-0-end": "10:00"}, "The end must be after the start."),
        ({"days-0-end": ""}, "Give an hour, such as 09:00."),
        ({"days-0-start": "01:00"}, "The programme lies outside of the forum"),
        ({"tables": ""}, "Give a whole number, such as 20."),
        ({"where": "rooms", "links": "http://x"}, "Write one address on each line"),
        ({"minutes": "240", "days-0-end": "16:00"}, "No meeting of this length fits"),
    ],
)
def test_a_programme_that_cannot_be_is_explained(
    browser: FlaskClient, edition: Edition, wish: dict[str, str], words: str
) -> None:
    answer = save(browser, "programme", **programme(edition, **wish))
    assert answer.status_code == 422
    assert words in answer.text


def test_one_more_day_is_offered_without_losing_what_was_typed(
    browser: FlaskClient, edition: Edition
) -> None:
    answer = save(browser, "programme", **programme(edition, more="day"))
    assert 'name="days-2-day"' in answer.text or 'name="days-1-day"' in answer.text
    assert 'value="12:00-13:00"' in answer.text


def test_the_list_is_shown_to_whom_the_organisers_say(
    browser: FlaskClient, edition: Edition, sign_in: SignIn, make: Factory
) -> None:
    assert save(browser, "listing", list_visibility="signed-in").status_code == 302
    account = make.account()
    make.profile(edition, name="Jana Nováková", visibility="participants")
    reader = sign_in(account)
    assert "See who takes part" in reader.get("/editions/demo").text
    assert "Jana Nováková" in reader.get("/editions/demo/participants").text


def test_the_list_is_not_there_for_others(edition: Edition, sign_in: SignIn, make: Factory) -> None:
    reader = sign_in(make.account())
    assert "See who takes part" not in reader.get("/editions/demo").text
    assert reader.get("/editions/demo/participants").status_code == 404


def test_an_edition_that_is_over_offers_no_button(browser: FlaskClient, make: Factory) -> None:
    make.edition(slug="demo", state="over")
    page = browser.get(f"{DESK}/texts").text
    assert "it stayed as it was" in page or "it stays as it was" in page
    assert ">Save<" not in page
    assert save(browser, "texts", name_en="Other").status_code == 422
