"""A mailing in a browser: seen as a real person gets it, sent, watched to its end."""

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from models import Profile
from models.database import make_sessions
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.e2e.test_desk import go, press
from tests.e2e.test_main_job import password_of, sign_in
from web.database import engine as engine_of
from web.mail_delivery import deliver_mails
from web.mailing_work import spread

pytestmark = [pytest.mark.browser]


@pytest.fixture
def korean(session: Session) -> Profile:
    """Give the demo researcher from Korea."""
    query = select(Profile).where(Profile.email == "researcher-kr@demo.example")
    found = session.exec(query).one()
    session.commit()
    return found


def test_a_mailing_is_seen_as_a_person_gets_it_then_sent_and_watched(
    page: Page, app: Flask, forum: DemoForum, korean: Profile, tmp_path: Path
) -> None:
    sign_in(page, *password_of(forum, "organiser"))
    page.goto("/organise/demo/mailings/")
    go(page, "Please complete your profile")
    press(page, "Save, and see it")
    go(page, "See it as a person gets it")
    page.get_by_label("Show it as this person gets it").fill(korean.name[:8])
    press(page, "Show")
    text = page.get_by_role("main").locator(".as-typed")
    expect(text).to_contain_text(f"{korean.name_native} 님께")
    expect(text).to_contain_text(f"Dear {korean.name},")
    assert violations(page) == []

    page.get_by_role("link", name="Back to the mailing").click()
    page.get_by_role("main").get_by_role("button", name=re.compile("^Send it to")).click()
    expect(page.get_by_text(re.compile(r"^0 of \d+ people are done"))).to_be_visible()
    assert violations(page) == []
    with app.app_context():
        spread(make_sessions(engine_of()))
        deliver_mails()
    expect(page.get_by_text(re.compile("(person has|people have) got it"))).to_be_visible(
        timeout=15_000
    )
