"""The pages of ORCID in a real browser, against a provider in the same process."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from app import create_app
from seed import DemoForum
from tests.e2e.accessibility import violations
from tests.e2e.test_main_job import password_of
from tests.web.orcid_provider import CLIENT, JOSIAH, SECRET, Provider
from web.config import Settings

pytestmark = [pytest.mark.browser]


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()


@pytest.fixture
def app(app: Flask, engine: Engine, provider: Provider) -> Flask:
    """Make the application again, known to the provider."""
    old: Settings = app.extensions["settings"]
    chosen = Settings(
        instance_dir=old.instance_dir,
        testing=True,
        orcid_client_id=CLIENT,
        orcid_client_secret=SECRET,
        orcid_issuer=provider.address,
    )
    made = create_app(chosen)
    made.extensions["engine"] = engine
    return made


def through_orcid(page: Page, provider: Provider, address: str) -> None:
    """Go to ORCID and come back, as if the person had signed in there in between."""
    asked = page.request.get(address, max_redirects=0)
    page.goto(provider.consent(asked.headers["location"]))


def test_orcid_opens_an_account_and_shows_who_sits_there(
    page: Page, provider: Provider, forum: DemoForum
) -> None:
    page.goto("/sign-in")
    expect(page.get_by_role("link", name="Sign in with ORCID")).to_be_visible()
    through_orcid(page, provider, "/sign-in/orcid")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert violations(page) == []

    address, password = password_of(forum, "researcher-kr")
    page.get_by_label("Mail address").last.fill(address)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Link and sign in").click()
    page.goto("/account")
    expect(page.get_by_text(JOSIAH)).to_be_visible()
    assert violations(page) == []

    page.goto("/account/delete")
    expect(page.get_by_role("link", name="Show by ORCID that it is me")).to_be_visible()
    assert violations(page) == []
    provider.claims["auth_time"] = int(time.time())
    through_orcid(page, provider, "/account/orcid/prove?next=/account/delete")
    expect(page.get_by_text("No password is needed for the next minutes")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("Your account and everything in it is deleted.")).to_be_visible()
