"""An organiser's way in a real browser: clone an edition, set it, open, close, pair, publish.

Once with a handful of people and, slowly, with 600.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, Edition, Profile, Round
from models.database import make_sessions
from seed import DemoForum
from services.imports_profiles import import_profiles
from services.imports_rows import Row
from services.matcher import make_judge
from services.round_queue import run_queued_rounds
from tests.e2e.accessibility import violations
from tests.e2e.test_main_job import password_of, sign_in
from tests.word_encoder import encode_everybody
from web.clock import now

pytestmark = [pytest.mark.browser]
WORDS = ("neuromorphic", "bonding", "photonics", "qubits", "hafnium", "spintronics")


# Each page is looked at in both windows elsewhere.
WIDE = pytest.mark.parametrize("page", [(1280, 900)], indirect=True, ids=["wide"])


def people(count: int) -> Iterator[Row]:
    for number in range(count):
        country = "DE" if number % 2 else "KR"
        word, other = WORDS[number % 6], WORDS[(number // 6) % 6]
        values = {
            "id": f"person-{number}",
            "name": f"Person {number}",
            "country": country,
            "organisation": f"University {number}",
            "research": f"We work on {word} and {other}, in group {number}.",
        }
        yield Row(number + 2, values, joined=False)


def press(page: Page, label: str) -> None:
    page.get_by_role("main").get_by_role("button", name=label, exact=True).click()


def go(page: Page, label: str) -> None:
    page.get_by_role("main").get_by_role("link", name=label, exact=True).first.click()


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").get_by_text(words)).to_be_visible()


def clone_and_open(page: Page) -> str:
    page.get_by_role("link", name="Organise", exact=True).click()
    page.get_by_role("link", name=re.compile("demo edition")).first.click()
    go(page, "Clone")
    slug = page.get_by_label("Short name").input_value()
    press(page, "Make the draft")
    said(page, "The edition is made")
    assert violations(page) == []
    go(page, "Rules")
    go(page, "Programme")
    page.get_by_label("Breaks").first.fill("10:20-10:40")
    press(page, "Save")
    said(page, "Saved.")
    go(page, "Partners and places")
    page.get_by_label("Least partners early in a career").fill("2")
    press(page, "Save")
    said(page, "Saved.")
    page.goto(f"/organise/{slug}/")
    press(page, "Open it")
    said(page, "The edition is open")
    return slug


def bring_in(session: Session, slug: str, count: int) -> None:
    edition = session.exec(select(Edition).where(Edition.slug == slug)).one()
    moment = datetime.now(UTC)
    report = import_profiles(session, people(count), source=slug, now=moment, edition=edition)
    assert (report.added, report.errors) == (count, ())
    session.commit()
    encode_everybody(session)


def walk_the_desk(page: Page, app: Flask, engine: Engine, session: Session, count: int) -> float:
    slug = clone_and_open(page)
    bring_in(session, slug, count)
    page.goto(f"/organise/{slug}/")
    press(page, "Close registration now")
    said(page, "Registration is closed")
    page.get_by_role("main").get_by_role("link", name="Start a round").click()
    press(page, "Start the round")
    begun = monotonic()
    with app.app_context():
        run_queued_rounds(make_sessions(engine), now, make_judge)
    took = monotonic() - begun
    expect(page.get_by_text("pairs with a total affinity of")).to_be_visible(timeout=15_000)
    go(page, "Publish")
    press(page, "Publish this round")
    expect(page.get_by_role("heading", name="Round 1 is published")).to_be_visible()
    page.goto(f"/organise/{slug}/")
    expect(page.get_by_text("round 1 is published")).to_be_visible()
    go(page, "What was changed")
    for words in (
        "Edition: made after an earlier edition",
        "Edition: opened",
        "Edition: published",
    ):
        expect(page.get_by_role("rowheader", name=words)).to_be_visible()
    assert violations(page) == []
    return took


@WIDE
def test_an_edition_from_its_clone_to_a_published_round(
    page: Page, app: Flask, engine: Engine, session: Session, forum: DemoForum
) -> None:
    sign_in(page, *password_of(forum, "organiser"))
    walk_the_desk(page, app, engine, session, 24)
    acts = session.exec(select(AuditEntry.act).where(AuditEntry.subject == "edition")).all()
    assert [act for act in acts if not act.startswith("changed")] == [
        *("cloned", "opened", "closed", "published")
    ]


@WIDE
@pytest.mark.slow
def test_six_hundred_people_are_paired_in_ten_seconds(
    page: Page, app: Flask, engine: Engine, session: Session, forum: DemoForum
) -> None:
    sign_in(page, *password_of(forum, "organiser"))
    assert walk_the_desk(page, app, engine, session, 600) < 10
    paired = session.exec(select(Round).where(Round.state == "done")).one()
    assert paired.gap is not None
    assert paired.gap < 1e-6
    assert len(session.exec(select(Profile.id).where(Profile.source != "account")).all()) >= 600
