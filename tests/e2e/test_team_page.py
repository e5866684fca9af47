"""The page of whole teams in a browser: looked at, asked for again with the keyboard, taken in."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session

from models.database import make_sessions, reading
from services.team_search import TeamWork, run_team_searches
from tests.e2e.accessibility import violations
from tests.e2e.conftest import OpenAs
from tests.e2e.consortium_life import build_a_little
from tests.word_encoder import word_encoders
from web.clock import now

pytestmark = [pytest.mark.browser]
WORDS = {
    "en": ("Form teams", "Waiting for the worker", "Into the draft", "The team is in the draft"),
    "ko": ("팀 구성하기", "작업 대기 중", "초안에 올리기", "팀을 초안에 올렸습니다"),
}


def _press(page: Page, name: str) -> None:
    """Press a button as somebody does who has no mouse."""
    button = page.get_by_role("button", name=name).first
    button.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
def test_teams_are_looked_at_asked_for_again_and_taken_in(
    app: Flask, engine: Engine, session: Session, open_as: OpenAs, language: str, width: int
) -> None:
    form, waits, take, taken = WORDS[language]
    app.config["WTF_CSRF_ENABLED"] = False
    build_a_little(app, session)
    app.config["WTF_CSRF_ENABLED"] = True
    page = open_as("coordinator", language, width)
    page.goto("/consortia/1/teams")
    expect(page.locator("section.team")).to_have_count(3)
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    first = page.locator("#ask select").first
    person = first.get_attribute("name")
    first.select_option("without")
    _press(page, form)
    expect(page.get_by_text(waits)).to_be_visible()
    assert violations(page) == []
    with app.app_context():
        made = TeamWork(make_sessions(engine), reading(engine), now, word_encoders()[0])
        assert run_team_searches(made) == 1
    # the page that waits sees it by itself
    expect(page.locator("section.team").first).to_be_visible()
    expect(page.locator(f"#ask [name={person}]")).to_have_value("without")
    _press(page, take)
    expect(page.get_by_text(taken)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/consortia/1#team$"))
    assert violations(page) == []
