"""Two people in two time zones agree to meet, put it into a calendar, and say how it was."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Edition, Meeting, Profile, Reaction
from models.database import make_sessions, reading
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.e2e.test_main_job import password_of, sign_in

pytestmark = [pytest.mark.browser]


@pytest.fixture
def partners(engine: Engine) -> tuple[int, int]:
    """Let the two demo researchers be interested in each other; gives their profiles' ids."""
    with make_sessions(engine)() as session:
        edition = session.exec(select(Edition)).one()
        names = ("researcher-eu@demo.example", "researcher-kr@demo.example")
        left, right = (_profile(session, name) for name in names)
        for who, whom in ((left, right), (right, left)):
            reaction = Reaction(
                edition_id=edition.id,
                profile_id=who,
                other_id=whom,
                kind="interested",
                made_at=datetime.now(UTC),
            )
            session.add(reaction)
        session.commit()
    return left, right


def _profile(session: Session, email: str) -> int:
    return session.exec(select(Profile.id).where(Profile.email == email)).one()


@pytest.fixture
def other_page(browser: Browser, site: str) -> Iterator[Page]:
    """Open the partner's browser: a phone without JavaScript."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": 390, "height": 844},
        locale="en-GB",
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


def the_meeting(engine: Engine) -> Meeting:
    with reading(engine)() as session:
        return session.exec(select(Meeting)).one()


def test_two_people_agree_to_meet_and_say_how_it_was(
    page: Page,
    other_page: Page,
    app: Flask,
    engine: Engine,
    forum: DemoForum,
    partners: tuple[int, int],
) -> None:
    _left, right = partners
    sign_in(page, *password_of(forum, "researcher-eu"))
    page.goto("/meetings/times/demo")
    assert violations(page) == []
    # By keyboard: the first slot is not mine.
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: partners see the times that you share.")).to_be_visible()
    expect(page.get_by_role("checkbox").first).not_to_be_checked()

    page.goto(f"/people/{right}?edition=demo")
    page.get_by_role("link", name=re.compile("Propose a meeting")).click()
    expect(page.get_by_text("09:00–09:20")).to_have_count(1)
    expect(page.get_by_text("17:20 in Seoul").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("radio", name=re.compile("09:20–09:40")).first.check()
    page.get_by_role("button", name="Propose this time").click()
    expect(page.get_by_text("Proposed. You get a mail when there is an answer.")).to_be_visible()

    sign_in(other_page, *password_of(forum, "researcher-kr"))
    other_page.goto("/meetings")
    expect(other_page.get_by_role("link", name=re.compile("Meetings 1"))).to_be_visible()
    expect(other_page.get_by_text("17:20–17:40")).to_be_visible()
    other_page.get_by_role("button", name=re.compile("Accept")).click()
    expect(other_page.get_by_text("The meeting is agreed.")).to_be_visible()

    page.reload()
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Put it into my calendar").click()
    file = Path(download.value.path()).read_text(encoding="utf-8")
    found: list[Any] = list(Calendar.from_ical(file).walk("VEVENT"))
    row = the_meeting(engine)
    assert [event["DTSTART"].dt for event in found] == [row.starts_at]
    assert row.starts_at.astimezone(UTC).hour in (7, 8)

    app.extensions["clock"] = lambda: row.ends_at + timedelta(hours=3)
    sign_in_again(page, forum)
    page.goto("/meetings")
    assert violations(page) == []
    page.get_by_role("link", name=re.compile("Say how it was")).click()
    page.get_by_role("button", name="We met: very useful").click()
    page.get_by_role("button", name="A joint proposal").click()
    expect(page.get_by_role("button", name="A joint proposal")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert violations(page) == []


def sign_in_again(page: Page, forum: DemoForum) -> None:
    """Come back weeks later, when the session is over."""
    page.context.clear_cookies()
    sign_in(page, *password_of(forum, "researcher-eu"))


def test_the_pages_around_meetings_break_no_rule_of_accessibility(
    page: Page, forum: DemoForum, partners: tuple[int, int]
) -> None:
    sign_in(page, *password_of(forum, "researcher-kr"))
    for path in ("/meetings", "/meetings/calendar", "/meetings/outcomes", "/meetings/times/demo"):
        page.goto(path)
        assert (path, violations(page)) == (path, [])
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert (path, wide) == (path, False)
    page.goto("/meetings/calendar")
    page.get_by_role("button", name="Make a secret address").click()
    expect(page.get_by_text(re.compile(r"/meetings/feed/\S+\.ics"))).to_be_visible()
    assert violations(page) == []
