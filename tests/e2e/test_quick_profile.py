"""From nothing to suggestions with one file: a count of every click and every page with a form.

Counted from the front page on: each press on a link, a button or a box, two for choosing a file
(open the dialog, take it), two for choosing from a list, one for opening the mailed link.
Typing is not a click: the keyboard leads from field to field. A form page is one on which somebody
types or chooses.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Mail
from models.database import reading
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.e2e.test_main_job import password_of, sign_in
from tests.word_encoder import encode_everybody

pytestmark = [pytest.mark.browser]
RECORD = Path(__file__).parents[3] / "shared" / "samples" / "orcid-record-full-3.0.json"
ADDRESS = "three@uni.example.org"
LINES = "@misc{a, title={One of these works}}\n@misc{b, title={Two}, doi={x}}\n@misc{broken"
MOST_CLICKS, MOST_FORM_PAGES = 12, 3


class Counted:
    """Acts on a page, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.forms: set[str] = set()

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def type(self, target: Locator, text: str) -> None:
        self._form()
        target.focus()
        self.page.keyboard.type(text)

    def choose(self, target: Locator, value: str) -> None:
        self._form()
        self.clicks += 2
        target.select_option(value)

    def attach(self, target: Locator, path: Path) -> None:
        self._form()
        self.clicks += 2
        target.set_input_files(path)

    def open_mailed(self, address: str) -> None:
        self.clicks += 1
        self.page.goto(address)

    def _form(self) -> None:
        self.forms.add(self.page.url.partition("?")[0])


def mailed_link(engine: Engine) -> str:
    # A session that only reads: one that may write would keep the server waiting.
    with reading(engine)() as session:
        body = session.exec(select(Mail.body).where(Mail.recipient == ADDRESS)).one()
    found = re.search(r"http\S+/confirm/\S+", body)
    assert found is not None
    return found.group()


def go_the_way(page: Page, session: Session, engine: Engine) -> Counted:
    """Go from the front page to suggestions, with an ORCID record and nothing else."""
    count = Counted(page)
    page.goto("/")
    count.click(page.get_by_role("link", name="Make a profile"))
    count.type(page.get_by_label("Mail address"), ADDRESS)
    count.type(page.get_by_label("Password"), "a long sentence nobody guesses")
    count.click(page.get_by_role("main").get_by_role("button", name="Register"))
    count.open_mailed(mailed_link(engine))
    count.click(page.get_by_role("button", name="Open my account"))

    count.attach(page.get_by_label("Or choose a file"), RECORD)
    count.click(page.get_by_role("button", name="Read it"))
    expect(page.get_by_role("heading", name="Look through what was read")).to_be_visible()
    expect(page.get_by_label("Keep: Work Title")).to_be_checked()
    count.choose(page.get_by_label("Country where you work", exact=True), "KR")
    count.click(page.get_by_label("Show my profile on the other side"))
    count.click(page.get_by_role("button", name="Save, join and see who fits"))

    encode_everybody(session)
    page.reload()
    expect(page.get_by_role("main").get_by_role("heading", level=2).first).to_be_visible()
    assert page.url.partition("?")[0].endswith("/suggestions/")
    assert page.locator(".person").count() > 0
    return count


@pytest.mark.skipif(not RECORD.exists(), reason="the samples are not here")
class TestANewcomerWithAnOrcidRecord:
    def test_reaches_suggestions_in_twelve_clicks_and_three_forms(
        self, page: Page, session: Session, engine: Engine
    ) -> None:
        count = go_the_way(page, session, engine)

        assert count.clicks <= MOST_CLICKS
        assert len(count.forms) <= MOST_FORM_PAGES
        assert violations(page) == []

    def test_needs_no_script_for_it(
        self, browser: Browser, site: str, session: Session, engine: Engine
    ) -> None:
        context = browser.new_context(base_url=site, java_script_enabled=False, locale="en-GB")
        go_the_way(context.new_page(), session, engine)
        context.close()

    def test_looks_through_lines_that_break_no_rule_of_accessibility(
        self, page: Page, forum: DemoForum
    ) -> None:
        sign_in(page, *password_of(forum, "researcher-kr"))
        page.goto("/profile/import")
        page.get_by_label("Paste it here").fill(LINES)
        page.get_by_role("button", name="Read it").click()
        page.locator("summary").first.click()
        assert violations(page) == []
        page.keyboard.press("Tab")
        page.get_by_label("Keep: Two").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Your profile is saved, with 1 new work.")).to_be_visible()
