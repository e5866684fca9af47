"""The HTML of every page is valid: the Nu checker, the one of validator.w3.org, finds no error."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from tests.e2e.life import live_a_little
from tests.e2e.walking import WALKERS, visit_as, walk
from web.locale import LANGUAGES

# npm install --prefix .stamps vnu-jar (CONTRIBUTING), or VNU_JAR names another place.
JAR = Path(__file__).parents[2] / ".stamps" / "node_modules" / "vnu-jar" / "build/dist/vnu.jar"


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """Give the command that checks files; skipped, visibly, without Java or the checker."""
    jar = Path(os.environ.get("VNU_JAR", JAR))
    java = shutil.which("java")
    if java is None or not jar.exists():
        pytest.skip("the Nu checker needs Java and vnu.jar: see CONTRIBUTING.md")
    return [java, "-Xss2m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--format", "json"]


@pytest.fixture
def collect(app: Flask, session: Session, tmp_path: Path) -> Callable[[str, str], Path]:
    """Write down every page of a walk, in a folder with nothing else in it."""
    app.config["WTF_CSRF_ENABLED"] = False  # forms may be sent without their token
    also = live_a_little(app, session)
    folder = tmp_path / "pages"
    folder.mkdir()

    def act(walker: str, language: str) -> Path:
        client = app.test_client()
        visit_as(client, session, walker, language)
        for number, page in enumerate(walk(app, client, also.get(walker, ()))):
            path = page.path.partition("?")[0].replace("/", "_")
            name = f"{walker or 'visitor'}-{language}-{number:02}{path}.html"
            (folder / name).write_text(page.html, encoding="utf-8")
        return folder

    return act


def _complaints(checker: list[str], folder: Path) -> list[str]:
    run = subprocess.run(  # noqa: S603 - our own command
        [*checker, "--errors-only", "--no-langdetect", str(folder)],
        capture_output=True,
        check=False,
    )
    told = json.loads(run.stderr or "{}")["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']} … {one.get('extract')}"
        for one in told
    ]


def test_the_checker_sees_what_is_wrong(checker: list[str], tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>A</title><p id="a"><div id="a"></p></html>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert any("Duplicate ID" in line for line in _complaints(checker, tmp_path))


def test_the_pages_of_a_researcher_are_valid_html(
    checker: list[str], collect: Callable[[str, str], Path]
) -> None:
    pages = collect("researcher-kr", "ko")
    assert len(list(pages.glob("*sent-empty*"))) > 3
    assert "\n".join(_complaints(checker, pages)) == ""


@pytest.mark.slow
def test_every_page_is_valid_html(checker: list[str], collect: Callable[[str, str], Path]) -> None:
    for walker in WALKERS:
        for language in LANGUAGES:
            pages = collect(walker, language)
    assert len(list(pages.iterdir())) > 300
    assert "\n".join(_complaints(checker, pages)) == ""
