"""The main job in a real browser: a stranger becomes a partner, an organiser pairs everybody."""

import csv
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Mail
from models.database import make_sessions, reading
from seed import DemoForum
from services.matcher import make_judge
from services.round_queue import run_queued_rounds
from tests.e2e.accessibility import violations
from tests.word_encoder import encode_everybody
from web.clock import now

pytestmark = [pytest.mark.browser]
PASSWORD = "a long sentence nobody guesses"
TEXT = (
    "We grow ferroelectric hafnium zirconium oxide films and build synaptic transistors with them. "
    "Our arrays of 64 x 64 cells hold thirty-two states, and we look for a pilot line that bonds "
    "them on top of finished CMOS."
)


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def link_mailed_to(address: str, engine: Engine) -> str:
    # A session that only reads: one that may write would keep the server waiting.
    with reading(engine)() as session:
        body = session.exec(select(Mail.body).where(Mail.recipient == address)).one()
    found = re.search(r"http\S+/confirm/\S+", body)
    assert found is not None
    return found.group()


def password_of(forum: DemoForum, name: str) -> tuple[str, str]:
    return next((one.email, one.password) for one in forum.accounts if one.email.startswith(name))


def test_a_stranger_registers_makes_a_profile_and_reads_who_fits(
    page: Page, session: Session, forum: DemoForum, engine: Engine
) -> None:
    page.goto("/")
    page.get_by_role("link", name="Make a profile").click()
    page.get_by_label("Mail address").fill("mara@uni.example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Register").click()
    page.goto(link_mailed_to("mara@uni.example.org", engine))
    page.get_by_role("button", name="Open my account").click()

    page.goto("/profile/you")
    page.get_by_label("Name", exact=True).fill("Mara Šťastná-O'Neill")
    page.get_by_label("Country where you work").select_option("CZ")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Your research").fill(TEXT)
    page.get_by_role("button", name="Save and go on").click()
    page.goto("/profile/meeting")
    page.get_by_role("button", name="Save and publish").click()

    page.goto("/editions/demo")
    page.get_by_label("Show my profile on the other side").check()
    page.get_by_role("button", name="Join the edition").click()
    encode_everybody(session)

    page.get_by_role("link", name="Suggestions", exact=True).click()
    first = page.get_by_role("main").get_by_role("heading", level=2).first
    expect(first).to_be_visible()
    assert violations(page) == []


def test_an_organiser_runs_a_round_and_downloads_the_match_list(
    page: Page, app: Flask, engine: Engine, forum: DemoForum
) -> None:
    sign_in(page, *password_of(forum, "organiser"))
    page.get_by_role("link", name="Organise", exact=True).click()
    page.get_by_role("link", name=re.compile("demo edition")).first.click()
    assert violations(page) == []
    page.get_by_role("link", name="Try a round").click()
    page.get_by_label("Least partners", exact=True).fill("2")
    page.get_by_role("button", name="Start the round").click()
    expect(page.get_by_text("Getting ready")).to_be_visible()
    with app.app_context():
        run_queued_rounds(make_sessions(engine), now, make_judge)
    expect(page.get_by_text("pairs with a total affinity of")).to_be_visible(timeout=15_000)
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the match list (CSV)").click()
    path = download.value.path()
    rows = list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8-sig"))))
    partners = [row["left_id"] for row in rows]
    assert len(set(partners)) == len({row["right_id"] for row in rows}) == 60


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("", ["/", "/editions", "/editions/demo", "/sign-in", "/register", "/forgotten-password"]),
        (
            "researcher-kr",
            ["/suggestions", "/profile", "/profile/you", "/profile/import", "/account"],
        ),
        ("administrator", ["/admin/", "/admin/accounts", "/admin/fields", "/editions/demo/people"]),
    ],
    ids=["visitor", "researcher", "administrator"],
)
def test_pages_break_no_rule_of_accessibility(
    page: Page, forum: DemoForum, name: str, paths: list[str]
) -> None:
    if name:
        sign_in(page, *password_of(forum, name))
    for path in paths:
        page.goto(path)
        assert (path, violations(page)) == (path, [])
