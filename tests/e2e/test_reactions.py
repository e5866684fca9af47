"""Saying of somebody that one is interested, or not: with scripts and without, wide and narrow."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, select

from models import Profile
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.e2e.test_main_job import password_of, sign_in

pytestmark = [pytest.mark.browser]


@pytest.fixture(
    params=[(1280, 900, True), (390, 844, True), (1280, 900, False), (390, 844, False)],
    ids=["wide", "narrow", "wide without scripts", "narrow without scripts"],
)
def people(
    request: pytest.FixtureRequest, browser: Browser, site: str, forum: DemoForum
) -> Iterator[dict[str, Page]]:
    """Sign in one researcher of each side, each in a browser of their own."""
    width, height, scripts = request.param
    contexts = {}
    for name in ("researcher-eu", "researcher-kr"):
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            locale="en-GB",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        sign_in(page, *password_of(forum, name))
        contexts[name] = page
    yield contexts
    for page in contexts.values():
        page.context.close()


def _profile(session: Session, name: str) -> int:
    found = session.exec(select(Profile.id).where(Profile.email == f"{name}@demo.example")).one()
    session.commit()
    return found


def test_two_people_who_are_both_interested_see_how_to_reach_each_other(
    people: dict[str, Page], session: Session
) -> None:
    eu, kr = people["researcher-eu"], people["researcher-kr"]
    eu.goto(f"/people/{_profile(session, 'researcher-kr')}")
    eu.get_by_role("button", name="Interested").click()
    expect(eu.get_by_text("Until then they learn nothing").first).to_be_visible()
    expect(eu.get_by_role("main").get_by_text("researcher-kr@demo.example")).to_have_count(0)

    kr.goto("/suggestions/both-interested")
    expect(kr.get_by_text("Nobody yet")).to_be_visible()
    kr.goto(f"/people/{_profile(session, 'researcher-eu')}")
    kr.get_by_role("button", name="Interested").click()
    expect(kr.get_by_role("link", name="researcher-eu@demo.example")).to_be_visible()

    eu.goto("/suggestions/both-interested")
    expect(eu.get_by_role("link", name="researcher-kr@demo.example")).to_be_visible()


def test_somebody_put_aside_or_hidden_comes_back_by_undo(people: dict[str, Page]) -> None:
    page = people["researcher-eu"]
    page.goto("/suggestions/")
    first = page.locator("li.person").first
    number = first.get_attribute("id")
    first.get_by_role("button", name="Not for me").click()
    expect(page.get_by_text("leaves your list, and is not told")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    card = page.locator(f"#{number}")
    expect(card.get_by_role("button", name="Interested")).to_be_visible()

    card.locator("details.more summary").click()
    card.get_by_role("button", name="Hide this person").click()
    expect(page.get_by_text("no longer see each other here")).to_be_visible()
    expect(card.get_by_role("button", name="Interested")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#{number}").get_by_role("button", name="Interested")).to_be_visible()


def test_the_order_changes_at_once_and_stays(people: dict[str, Page]) -> None:
    page = people["researcher-eu"]
    page.goto("/suggestions/")
    page.locator("details.order summary").click()
    page.get_by_label("Exploratory").check()
    if page.get_by_role("button", name="Use this order").count():
        page.get_by_role("button", name="Use this order").click()
    expect(page.get_by_text("people far from your own work")).to_be_visible()
    page.goto("/suggestions/")
    expect(page.get_by_text("people far from your own work")).to_be_visible()


def test_with_scripts_the_keyboard_stays_where_something_happened(
    page: Page, forum: DemoForum
) -> None:
    sign_in(page, *password_of(forum, "researcher-eu"))
    page.goto("/suggestions/")
    page.locator("li.person").first.get_by_role("button", name="Not for me").focus()
    page.keyboard.press("Enter")
    expect(page.locator("li.person-decided p").first).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("li.person").first.get_by_role("link").first).to_be_focused()
    for path in ("interested", "saved", "not-for-me", "both-interested", "wider"):
        page.goto(f"/suggestions/{path}")
        assert (path, violations(page)) == (path, [])
