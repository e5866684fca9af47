"""From nothing to suggestions with one file: a count of every click and every page with a form.

Counted from the front page on: each press on a link, a button or a box, two for choosing a file
(open the dialog, take it), two for choosing from a list, one for opening the mailed link.
Typing is not a click: the keyboard leads from field to field. A form page is one on which somebody
types or chooses.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Mail
from models.database import reading
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.word_encoder import encode_everybody

pytestmark = [pytest.mark.browser]
RECORD = Path(__file__).parents[3] / "shared" / "samples" / "orcid-record-full-3.0.json"
ADDRESS = "three@uni.example.org"
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


def test_a_newcomer_with_an_orcid_record_reaches_suggestions_in_twelve_clicks_and_three_forms(
    page: Page, session: Session, engine: Engine, forum: DemoForum, tmp_path: Path
) -> None:
    if not RECORD.exists():
        pytest.skip(f"{RECORD} is not here")
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
    assert violations(page) == []
    expect(page.get_by_label("Keep: Work Title")).to_be_checked()
    count.choose(page.get_by_label("Country where you work", exact=True), "KR")
    count.click(page.get_by_label("Show my profile on the other side"))
    count.click(page.get_by_role("button", name="Save, join and see who fits"))

    encode_everybody(session)
    page.reload()
    first = page.get_by_role("main").get_by_role("heading", level=2).first
    expect(first).to_be_visible()
    assert page.url.partition("?")[0].endswith("/suggestions/")
    assert page.locator(".person").count() > 0
    print(f"{count.clicks} clicks, {len(count.forms)} form pages")  # noqa: T201 - the measured figure
    assert count.clicks <= MOST_CLICKS
    assert len(count.forms) <= MOST_FORM_PAGES
