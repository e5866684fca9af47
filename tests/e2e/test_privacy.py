"""Being master of one's data in a real browser: consent, parts, a copy, messages, the end."""

import json
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from models import Account, ConsentEvent, Message, Participation, Profile, Reaction
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.e2e.test_main_job import password_of, sign_in

pytestmark = [pytest.mark.browser]


def _photo(page: Page, name: str) -> None:
    folder = os.environ.get("PHOTOS")
    if folder:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def _match(session: Session, forum: DemoForum) -> tuple[int, int]:
    """Let the two demo researchers be a match, and one have written to the other."""
    ids = []
    for name in ("researcher-eu", "researcher-kr"):
        query = select(Profile).join(Account).where(Account.email.startswith(name))
        ids.append(session.exec(query).one().id)
    (left, right), now = ids, session.exec(select(Account.created_at)).first()
    assert now is not None
    place = session.exec(select(Participation.edition_id)).first() or 0
    session.add_all(
        Reaction(edition_id=place, profile_id=a, other_id=b, kind="interested", made_at=now)
        for a, b in ((left, right), (right, left))
    )
    session.add(
        Message(
            sender_id=right,
            recipient_id=left,
            text="안녕하세요. 만나서 반갑습니다. https://example.org",
            sent_at=now,
        )
    )
    session.commit()
    return left, right


def test_a_person_looks_after_their_privacy(page: Page, forum: DemoForum, session: Session) -> None:
    sign_in(page, *password_of(forum, "researcher-eu"))
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_role("link", name="Look after my privacy").click()
    _photo(page, "privacy")
    assert violations(page) == []
    page.get_by_label("Research", exact=True).select_option("matches")
    page.get_by_role("button", name="Save who sees what").click()
    expect(page.get_by_text("Saved. It counts at once.")).to_be_visible()
    expect(page.get_by_label("Research", exact=True)).to_have_value("matches")
    page.get_by_role("button", name=re.compile("^Agree.*Count me in statistics")).click()
    expect(
        page.get_by_role("button", name=re.compile("^Withdraw.*Count me in statistics"))
    ).to_be_visible()
    page.get_by_role("button", name=re.compile("^Withdraw.*Count me in statistics")).click()
    page.locator("#gender").select_option("female")
    page.get_by_role("button", name=re.compile("^Agree.*Use my gender")).click()
    page.get_by_role("link", name="See the record").click()
    _photo(page, "ledger")
    expect(page.get_by_role("cell", name="withdrawn")).to_have_count(1)
    assert violations(page) == []
    acts = [
        (e.purpose, e.given)
        for e in session.exec(select(ConsentEvent))
        if e.purpose in ("statistics", "gender")
    ]
    assert acts == [("statistics", True), ("statistics", False), ("gender", True)]


def test_a_person_takes_everything_along_and_deletes_it(
    page: Page, forum: DemoForum, session: Session
) -> None:
    email, password = password_of(forum, "researcher-kr")
    sign_in(page, email, password)
    page.goto("/account/privacy")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download my data").click()
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert found["tables"]["account"][0]["email"] == email
    page.get_by_role("link", name="Delete my account").click()
    page.get_by_label("Password").fill(password)
    _photo(page, "delete")
    assert violations(page) == []
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("Your account and everything in it is deleted.")).to_be_visible()
    assert session.exec(select(Account).where(Account.email == email)).first() is None


def test_two_matches_write_to_each_other(page: Page, forum: DemoForum, session: Session) -> None:
    _left, right = _match(session, forum)
    sign_in(page, *password_of(forum, "researcher-eu"))
    page.get_by_role("link", name="Messages").click()
    _photo(page, "messages")
    assert violations(page) == []
    page.goto(f"/people/{right}")
    page.get_by_role("link", name="Write a message").click()
    # Read by the page itself, without a press.
    expect(page.get_by_role("button", name="Mark as read")).to_have_count(0)
    expect(page.get_by_role("link", name="https://example.org")).to_have_count(0)
    page.get_by_label("Your message").fill("Nice to meet you, too.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Nice to meet you, too.")).to_be_visible()
    _photo(page, "thread")
    assert violations(page) == []
    page.get_by_role("link", name="Report this message").click()
    _photo(page, "report")
    assert violations(page) == []


@pytest.mark.parametrize("name", ["privacy", "terms", "contact", "help"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_legal_texts_are_accessible(page: Page, name: str, language: str) -> None:
    page.goto(f"/legal/{name}/{language}")
    _photo(page, f"legal-{name}-{language}")
    assert violations(page) == []
