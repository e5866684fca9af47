"""From registration to an agreed meeting: two people, two languages, two time zones.

Once with scripts and once without; who has the wide window changes with it. Each of them reads the
site in the language of their browser and never chooses it.
"""

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Mail
from models.database import reading
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.word_encoder import encode_everybody

pytestmark = [pytest.mark.browser]
PASSWORD = "a long sentence nobody guesses"
TEXT = (
    "Zirconium lattice clocks bonded beneath superconducting combs, read out by whispering modes."
)
TRANSLATIONS = Path(__file__).parents[2] / "web" / "translations"


@dataclass(frozen=True)
class Visitor:
    """Somebody at a browser, who reads in one language."""

    page: Page
    language: str
    name: str
    email: str
    country: str

    def words(self, sentence: str, **values: str) -> str:
        """Give a sentence as this reader sees it."""
        known = gettext.translation("messages", TRANSLATIONS, [self.language], fallback=True)
        return known.gettext(sentence) % values if values else known.gettext(sentence)

    def button(self, label: str) -> Locator:
        """Find the first button of the page's matter with a label in English."""
        main = self.page.get_by_role("main")
        return main.get_by_role("button", name=re.compile(f"^{re.escape(self.words(label))}")).first

    def link(self, label: str) -> Locator:
        """Find the first link with a label in English."""
        name = re.compile(f"^{re.escape(self.words(label))}")
        return self.page.get_by_role("link", name=name).first

    def field(self, label: str) -> Locator:
        """Find a field by the beginning of its label in English."""
        return self.page.get_by_label(re.compile(f"^{re.escape(self.words(label))}")).first

    def sees(self, label: str, **values: str) -> None:
        """Expect a sentence on the page."""
        found = self.page.get_by_text(self.words(label, **values))
        expect(found.first).to_be_visible()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def two(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[list[Visitor]]:
    """Open two browsers, one in English, one in Korean; scripts decide which is wide."""
    wide, narrow = (1280, 390) if request.param else (390, 1280)
    kinds = (
        ("en", "en-GB", "Europe/Prague", wide, "Jana Horáková", "jana@uni.example.org", "CZ"),
        ("ko", "ko-KR", "Asia/Seoul", narrow, "Min-jun Kim", "minjun@uni.example.org", "KR"),
    )
    contexts = [
        browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            locale=locale,
            timezone_id=zone,
            java_script_enabled=request.param,
        )
        for _, locale, zone, width, _, _, _ in kinds
    ]
    yield [
        Visitor(context.new_page(), language, name, email, country)
        for context, (language, _, _, _, name, email, country) in zip(contexts, kinds, strict=True)
    ]
    for context in contexts:
        context.close()


def _mailed(engine: Engine, address: str, pattern: str) -> str:
    # A session that only reads: one that may write would keep the server waiting.
    with reading(engine)() as session:
        mails = session.exec(select(Mail.body).where(Mail.recipient == address)).all()
    return next(found.group() for body in mails if (found := re.search(pattern, body)))


def _join(one: Visitor, engine: Engine) -> None:
    page = one.page
    page.goto("/")
    one.link("Make a profile").click()
    one.field("Mail address").fill(one.email)
    one.field("Password").fill(PASSWORD)
    one.button("Register").click()
    page.goto(_mailed(engine, one.email, r"http\S+/confirm/\S+"))
    one.button("Open my account").click()
    page.goto("/profile/you")
    page.locator("[name=name]").fill(one.name)
    page.locator("[name=country]").select_option(one.country)
    one.button("Save and go on").click()
    page.locator("[name=research]").fill(TEXT)
    one.button("Save and go on").click()
    page.goto("/profile/meeting")
    one.button("Save and publish").click()
    page.goto("/editions/demo")
    page.locator("[name=overseas]").check()
    one.button("Join the edition").click()
    one.sees("You take part. The next round finds partners for you.")


def _say_interested(one: Visitor, other: Visitor) -> None:
    one.page.goto("/suggestions/")
    row = one.page.locator(".person").filter(has_text=other.name)
    row.get_by_role("link").first.click()
    one.button("Interested").click()


def _moments(one: Visitor) -> list[str]:
    """Read the clocks of the first meeting in the list, as the page gives them to machines."""
    clocks = one.page.locator("main .meeting").first.locator("time")
    return [clocks.nth(place).get_attribute("datetime") or "" for place in range(clocks.count())]


def _no_barrier(one: Visitor, scripts: bool) -> None:
    if scripts:
        assert violations(one.page) == []


@pytest.fixture
def scripts(request: pytest.FixtureRequest) -> bool:
    """Tell whether the browsers run scripts: axe-core is one."""
    return bool(request.node.callspec.params["two"])


def test_two_strangers_agree_on_a_meeting(
    two: list[Visitor],
    session: Session,
    engine: Engine,
    forum: DemoForum,
    scripts: bool,
) -> None:
    jana, minjun = two
    for one in two:
        _join(one, engine)
    expect(minjun.page.locator("html")).to_have_attribute("lang", "ko")
    encode_everybody(session)

    _say_interested(jana, minjun)
    jana.sees(
        "You are interested. If %(name)s is interested too, you both get a mail. "
        "Until then they learn nothing.",
        name=minjun.name,
    )
    expect(jana.page.get_by_text(minjun.email)).to_have_count(0)
    minjun.page.goto("/suggestions/both-interested")
    expect(minjun.page.get_by_text(jana.name)).to_have_count(0)

    _say_interested(minjun, jana)
    expect(minjun.page.get_by_role("link", name=jana.email)).to_be_visible()
    jana.page.reload()
    expect(jana.page.get_by_role("link", name=minjun.email)).to_be_visible()
    _no_barrier(jana, scripts)

    jana.link("Propose a meeting").click()
    _no_barrier(jana, scripts)
    jana.page.locator("main input[name=start]").first.check()
    jana.button("Propose this time").click()
    jana.sees("Proposed. You get a mail when there is an answer.")

    minjun.page.goto("/")
    minjun.page.get_by_role("link", name=re.compile(minjun.words("Meetings"))).first.click()
    _no_barrier(minjun, scripts)
    minjun.button("Accept").click()
    minjun.page.goto("/meetings")
    minjun.sees("Coming up")
    jana.page.goto("/meetings")
    jana.sees("Coming up")
    here, there = _moments(jana), _moments(minjun)
    assert sorted(here) == sorted(there)
    assert {moment[-6:] for moment in here} in ({"+01:00", "+09:00"}, {"+02:00", "+09:00"})
