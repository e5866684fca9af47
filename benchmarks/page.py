"""A page of suggestions as a browser meets it, with many people behind it.

    python -m benchmarks.page                           # 10,000 a side: four minutes
    python -m benchmarks.page --people 1000

It makes an installation with a made-up forum, starts it as `make run` does (pages and worker),
waits until everybody has been read, and opens the suggestions of 5 people in Chromium, 4 times
each, which needs /usr/bin/chromium. `server` is from the request to the last byte of the page,
`first paint` from the request to the first text on the screen; both are medians by the clock. `kB`
counts what comes over the wire without pictures and fonts, packed, nothing cached.
"""

import argparse
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import update
from sqlmodel import Session, col

from benchmarks.forum_data import make_forum
from models import Account, Profile
from models.database import make_engine, make_sessions
from services.accounts import create_account
from services.accounts_passwords import Passwords
from services.consents import NEEDED, give

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ASKERS, LOOKS = 5, 4
NOT_COUNTED = {"image", "font"}
TIMES = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return [page.responseEnd - page.requestStart, paint.startTime - page.requestStart];
}"""


@dataclass(frozen=True)
class Visit:
    """One look at a page: milliseconds until its last byte and its first text, and its kB."""

    server: float
    paint: float
    kilobytes: float


def open_accounts(database: Path, profile_ids: Sequence[int]) -> dict[str, str]:
    """Give some people of the forum accounts; returns passwords by address."""
    engine = make_engine(f"sqlite:///{database}")
    found: dict[str, str] = {}
    with make_sessions(engine)() as session:
        for one in profile_ids:
            email, password = f"person-{one}@example.org", secrets.token_urlsafe(16)
            _open(session, one, email, password)
            found[email] = password
        session.commit()
    engine.dispose()
    return found


def _open(session: Session, profile_id: int, email: str, password: str) -> None:
    now = datetime.now(UTC)
    account: Account = create_account(session, Passwords(), email, password, now)
    give(session, account.id, NEEDED, "en", now)
    session.exec(update(Profile).where(col(Profile.id) == profile_id).values(account_id=account.id))


@contextmanager
def served(instance: Path) -> Iterator[str]:
    """Serve the forum as `make run` does; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "flask", "--app", "app", "serve", "--no-demo"]
    given = {"INSTANCE_DIR": str(instance), "PORT": str(port), "HOST": "127.0.0.1"}
    running = subprocess.Popen(  # noqa: S603 - our own command
        command, env={**os.environ, **given}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(address)
        yield address
    finally:
        running.terminate()
        running.wait(30)


def _wait_until_up(address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own address
                return
        except URLError:
            time.sleep(0.5)
    raise SystemExit("The forum did not come up within two minutes.")


def look(browser: Browser, address: str, email: str, password: str, width: int) -> list[Visit]:
    """Sign somebody in and open their suggestions, once to warm up and then to measure."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 844})
    try:
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("[name=email]", email)
        page.fill("[name=password]", password)
        page.click("main form .actions button")
        _wait_until_read(page)
        return _measured(page)
    finally:
        context.close()


def _wait_until_read(page: Page) -> None:
    """Open the list until nobody is missing from it: after a start, people are read in passing."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        page.goto("/suggestions/")
        preparing = page.get_by_role("status").filter(has_text="being prepared")
        if page.locator(".person").count() and not preparing.count():
            return
        time.sleep(2)
    raise SystemExit("The people of the forum were not read within five minutes.")


def _measured(page: Page) -> list[Visit]:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda it: kinds.update({it["requestId"]: it["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda it: sizes.update({it["requestId"]: it["encodedDataLength"]}),
    )
    visits = []
    for _ in range(LOOKS):
        sizes.clear()
        page.goto("/suggestions/", wait_until="networkidle")
        server, paint = page.evaluate(TIMES)
        counted = (size for one, size in sizes.items() if kinds[one].lower() not in NOT_COUNTED)
        visits.append(Visit(server, paint, sum(counted) / 1000))
    return visits


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000, help="on each side")
    arguments = parser.parse_args()
    askers = np.linspace(1, arguments.people, ASKERS, dtype=int).tolist()
    print(f"\nSuggestions of {ASKERS} people among {arguments.people:,}\n")
    print("| window | server, ms | first paint, ms | kB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        instance = Path(folder)
        accounts = open_accounts(make_forum(instance, arguments.people), askers)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        with served(instance) as address:
            for width in (1280, 390):
                looks = (look(browser, address, *one, width) for one in accounts.items())
                visits = [visit for some in looks for visit in some]
                middle = map(statistics.median, zip(*map(astuple, visits), strict=True))
                print(f"| {width} | " + " | ".join(f"{value:.0f}" for value in middle) + " |")
        browser.close()


if __name__ == "__main__":
    main()
