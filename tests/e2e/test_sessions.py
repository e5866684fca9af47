"""A workshop beside the meetings: an organiser writes it, people sign up for it and wait."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, select

from models import Edition
from models.database import make_sessions
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.e2e.test_desk import WIDE
from tests.e2e.test_main_job import password_of, sign_in
from web.database import engine as engine_of
from web.meeting_mails import fill_sessions

pytestmark = [pytest.mark.browser]
TITLE = "Chiplets by hand"


@pytest.fixture
def first_day(session: Session) -> str:
    """Give the day on which the demo edition begins."""
    begins = session.exec(select(Edition.starts_at)).one()
    session.commit()
    return begins.date().isoformat()


@pytest.fixture
def phones(browser: Browser, site: str, forum: DemoForum) -> Iterator[tuple[Page, Page]]:
    """Sign two participants in, on phones without JavaScript."""
    contexts = [
        browser.new_context(
            base_url=site,
            viewport={"width": 390, "height": 844},
            locale="en-GB",
            java_script_enabled=False,
        )
        for _ in range(2)
    ]
    one, other = (context.new_page() for context in contexts)
    sign_in(one, *password_of(forum, "researcher-eu"))
    sign_in(other, *password_of(forum, "researcher-kr"))
    yield one, other
    for context in contexts:
        context.close()


def press(page: Page, label: str) -> None:
    page.get_by_role("main").get_by_role("button", name=label, exact=True).click()


def find_it(page: Page) -> None:
    page.goto("/editions/demo/programme")
    page.get_by_role("link", name=TITLE).click()


@WIDE
def test_two_want_the_one_place_of_a_workshop(
    page: Page, phones: tuple[Page, Page], app: Flask, forum: DemoForum, first_day: str
) -> None:
    sign_in(page, *password_of(forum, "organiser"))
    page.goto("/organise/demo/sessions")
    page.get_by_role("main").get_by_role("link", name="Write a session").click()
    page.get_by_label("Title in English").fill(TITLE)
    page.get_by_label("Day", exact=True).fill(first_day)
    page.get_by_label("From", exact=True).fill("09:00")
    page.get_by_label("Until", exact=True).fill("10:00")
    page.get_by_label("Place (optional)", exact=True).fill("Room 2")
    page.get_by_label("People sign up").check()
    page.get_by_label(re.compile("^Places")).fill("1")
    assert violations(page) == []
    press(page, "Save the session")
    expect(page.get_by_text("The session stands in the programme.")).to_be_visible()

    first, second = phones
    find_it(first)
    press(first, "Sign up")
    expect(first.get_by_text("You have a place.").first).to_be_visible()
    find_it(second)
    press(second, "Join the waiting list")
    expect(second.get_by_text("You are on the waiting list.").first).to_be_visible()
    page.reload()
    rows = page.get_by_role("table", name=re.compile("^Who comes")).locator("tbody tr")
    expect(rows.nth(0)).to_contain_text("Coming")
    expect(rows.nth(1)).to_contain_text("Waiting")
    assert violations(page) == []

    press(first, "Give my place back")
    with app.app_context():
        fill_sessions(make_sessions(engine_of()))
    second.reload()
    expect(second.get_by_text("You have a place.").first).to_be_visible()
