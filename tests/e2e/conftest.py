"""A real browser before a real server: pages as people meet them."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine
from sqlmodel import Session
from werkzeug.serving import make_server

from app import create_app
from models.database import make_engine, make_sessions
from models.schema import upgrade
from seed import DemoForum, load_demo
from services.accounts_passwords import cheap_passwords
from tests.e2e.walking import visit_as
from tests.word_encoder import encode_everybody
from web.config import Settings

OpenAs = Callable[..., Page]
CHROMIUM = Path("/usr/bin/chromium")
_SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


_BROKEN_OFF = "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Forgive that a browser going on to the next page breaks off the files it was being sent.

    The development server then drops the open file unclosed; it says nothing about the site, which
    another server serves.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.filterwarnings(_BROKEN_OFF))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; skipped, visibly, where it is not installed."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_SWITCHES)
        yield started
        started.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoForum]:
    """Make the demo forum once, by the migrations, its texts read by an encoder made of words."""
    path = tmp_path_factory.mktemp("seeded") / "forum.sqlite"
    made = make_engine(f"sqlite:///{path}")
    upgrade(made)
    with make_sessions(made)() as opened:
        loaded = load_demo(opened, cheap_passwords(), datetime.now(UTC))
        opened.commit()
        encode_everybody(opened)
    made.dispose()
    return path, loaded


@pytest.fixture
def forum(seeded: tuple[Path, DemoForum]) -> DemoForum:
    """Give the demo forum with the passwords of its accounts."""
    return seeded[1]


@pytest.fixture
def engine(tmp_path: Path, seeded: tuple[Path, DemoForum]) -> Iterator[Engine]:
    """Give a copy of the demo forum's database: server and test share it."""
    path = tmp_path / "e2e.sqlite"
    shutil.copyfile(seeded[0], path)
    made = make_engine(f"sqlite:///{path}")
    yield made
    made.dispose()


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> Flask:
    """Make the application as it is in service: CSRF on, the real clock."""
    made = create_app(Settings(instance_dir=tmp_path / "instance", testing=True))
    made.extensions["engine"] = engine
    return made


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """Serve the application on a free port; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Open a session of the test's own."""
    with make_sessions(engine)() as opened:
        yield opened


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """Open a page, wide and narrow; a script error or a refused request fails the test."""
    width, height = request.param
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": height}, locale="en-GB"
    )
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on(
        "console",
        lambda said: troubles.append(said.text) if "Content Security" in said.text else None,
    )
    opened.on(
        "request",
        lambda sent: None if sent.url.startswith((site, "data:")) else troubles.append(sent.url),
    )
    yield opened
    context.close()
    assert troubles == []


@pytest.fixture
def open_as(app: Flask, browser: Browser, site: str, session: Session) -> Iterator[OpenAs]:
    """Open a browser in which a demo account is signed in and reads a language."""
    contexts = []

    def act(walker: str, language: str, width: int = 1280) -> Page:
        client = app.test_client()
        visit_as(client, session, walker, language)
        context = browser.new_context(base_url=site, viewport={"width": width, "height": 844})
        key = client.get_cookie("session")
        assert key is not None
        context.add_cookies([{"name": "session", "value": key.value, "url": site}])
        contexts.append(context)
        return context.new_page()

    yield act
    for context in contexts:
        context.close()
