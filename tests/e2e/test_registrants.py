"""Registrants at the event: checked in at the door, marked as missing, merged when in twice."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, col, select

from models import Edition, Participation, Profile
from models.database import make_sessions
from seed import DemoForum
from services.duplicates_search import look_for_duplicates
from tests.e2e.accessibility import violations
from tests.e2e.test_main_job import password_of, sign_in
from web.database import engine as engine_of

pytestmark = [pytest.mark.browser]
DOOR = "/editions/demo/check-in"


@pytest.fixture
def person(session: Session) -> str:
    """Give the name of somebody who takes part."""
    query = select(Profile.name).where(Profile.source_key == "kr-07")
    found = session.exec(query).one()
    session.commit()
    return found


@pytest.fixture
def first_day(app: Flask, session: Session) -> None:
    """Let the event have begun an hour ago."""
    begins = session.exec(select(Edition.starts_at)).one()
    session.commit()
    app.extensions["clock"] = lambda: begins + timedelta(hours=1)


def press(page: Page, label: str | re.Pattern[str]) -> None:
    page.get_by_role("main").get_by_role("button", name=label).click()


def test_somebody_is_found_while_typing_checked_in_and_the_others_are_missing(
    page: Page, forum: DemoForum, first_day: None, person: str
) -> None:
    sign_in(page, *password_of(forum, "organiser"))
    page.goto(DOOR)
    page.get_by_label("Name, in either script, or organisation").press_sequentially(person[:9])
    expect(page.locator("#door li")).to_have_count(1)
    assert violations(page) == []
    press(page, re.compile("^Check in"))
    expect(page.locator("#door").get_by_text("There since")).to_be_visible()
    expect(page.get_by_text("1 of 120 are there.")).to_be_visible()

    press(page, re.compile("^Undo"))
    expect(page.get_by_text("0 of 120 are there.")).to_be_visible()
    press(page, re.compile("^Check in"))

    press(page, "They did not come")
    expect(page.get_by_role("link", name="119 people did not come.")).to_be_visible()
    assert violations(page) == []


def test_the_door_works_without_scripts(
    browser: Browser, site: str, forum: DemoForum, first_day: None, person: str
) -> None:
    context = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, *password_of(forum, "organiser"))
    page.goto(DOOR)
    page.get_by_label("Name, in either script, or organisation").fill(person)
    press(page, "Search")
    press(page, re.compile("^Check in"))
    expect(page.locator("#door").get_by_text("There since")).to_be_visible()
    context.close()


@pytest.fixture
def twice(app: Flask, session: Session) -> tuple[str, str]:
    """Let one person be in twice, by the same ORCID iD; gives both names."""
    edition = session.exec(select(Edition)).one()
    keys = col(Profile.source_key).in_(("eu-07", "eu-08"))
    one, other = session.exec(select(Profile).where(keys).order_by(col(Profile.source_key))).all()
    one.orcid = other.orcid = "0000-0002-1825-0097"
    one.updated_at = other.updated_at = datetime.now(UTC)
    names, edition.people_stamp = (one.name, other.name), ""
    session.commit()
    with app.app_context():
        look_for_duplicates(make_sessions(engine_of()), datetime.now(UTC))
    return names


def test_two_who_are_one_are_merged_only_by_a_press(
    page: Page, forum: DemoForum, twice: tuple[str, str], session: Session
) -> None:
    kept, gone = twice
    sign_in(page, *password_of(forum, "organiser"))
    page.goto("/editions/demo/people")
    page.get_by_role("link", name="Look at them side by side").click()
    expect(page.get_by_role("heading", name="The same ORCID iD")).to_be_visible()
    assert violations(page) == []
    press(page, f"One person: keep {kept}")
    expect(page.get_by_role("heading", name="Nobody is in twice")).to_be_visible()
    query = select(Profile.name).join(Participation).where(col(Profile.name).in_(twice))
    assert session.exec(query).all() == [kept]
    assert gone != kept
