"""Every page, in both languages, on light and dark paper, breaks no rule of WCAG 2.2 A and AA."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlmodel import Session

from tests.e2e.accessibility import violations
from tests.e2e.life import live_a_little
from tests.e2e.walking import WALKERS, kind_of, visit_as, walk
from web.locale import LANGUAGES

pytestmark = [pytest.mark.browser]
WIDE, NARROW = 1280, 390
Open = Callable[..., Page]
# Even a transition of no length takes a frame to end.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What has the focus shows a line around it that is as strong as the browser's own, at least.
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"
FOCUSED = "(document.activeElement.textContent || document.activeElement.name || '').trim()"


@pytest.fixture
def open_as(app: Flask, browser: Browser, site: str, session: Session) -> Iterator[Open]:
    """Open a browser in which a demo account is signed in and reads a language."""
    opened = []

    def act(walker: str, language: str, width: int = WIDE) -> Page:
        client = app.test_client()
        visit_as(client, session, walker, language)
        context = browser.new_context(base_url=site, viewport={"width": width, "height": 844})
        key = client.get_cookie("session")
        assert key is not None
        context.add_cookies([{"name": "session", "value": key.value, "url": site}])
        opened.append(context)
        return context.new_page()

    yield act
    for context in opened:
        context.close()


def _broken(page: Page, path: str) -> list[object]:
    found: list[object] = []
    page.goto(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(SETTLED)
        found += [(path, scheme, broken) for broken in violations(page)]
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + ([(path, "is wider than the screen")] if sideways else [])


@pytest.mark.parametrize(
    ("walker", "path"), [("", "/"), ("researcher-kr", "/suggestions/"), ("organiser", "/organise/")]
)
@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_key_pages_are_accessible_in_korean(
    open_as: Open, walker: str, path: str, width: int
) -> None:
    assert _broken(open_as(walker, "ko", width), path) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible(
    app: Flask, session: Session, open_as: Open, language: str, width: int
) -> None:
    also = live_a_little(app, session)
    broken, seen = [], set()
    for walker in WALKERS:
        client = app.test_client()
        visit_as(client, session, walker, language)
        page = open_as(walker, language, width)
        for visited in walk(app, client, also.get(walker, ())):
            kind = kind_of(app, visited.path)
            if kind not in seen:
                seen.add(kind)
                broken += _broken(page, visited.path)
    assert broken == []


@pytest.mark.parametrize("path", ["/suggestions/", "/profile/you", "/account"])
def test_everything_is_reached_by_keyboard_with_the_focus_in_sight(
    open_as: Open, path: str
) -> None:
    page = open_as("researcher-kr", "ko")
    page.goto(path)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "본문으로 건너뛰기"
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,"
        'summary,[tabindex="0"]\')].filter(one => one.checkVisibility()).length'
    )
    reached = 1
    # Radio buttons share one stop, so there are at most as many stops as controls.
    for _ in range(wanted - 1):
        assert page.evaluate(OUTLINE) == "solid"
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        reached += 1
    grouped = page.evaluate(
        "[...document.querySelectorAll('input[type=radio]')].length"
        " - new Set([...document.querySelectorAll('input[type=radio]')].map(o => o.name)).size"
    )
    assert reached >= wanted - grouped


def test_the_skip_link_leads_past_the_navigation(open_as: Open) -> None:
    page = open_as("researcher-kr", "en")
    page.goto("/account")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_colours_forced_by_the_system_keep_everything_in_sight(open_as: Open) -> None:
    page = open_as("researcher-kr", "ko")
    page.emulate_media(forced_colors="active")
    page.goto("/suggestions/")
    assert violations(page) == []
