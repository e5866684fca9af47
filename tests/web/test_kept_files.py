"""A browser asks for a style sheet once; one that changed is another."""

import re
from pathlib import Path

from flask.testing import FlaskClient

from web.kept_files import _content_of


def sheet(client: FlaskClient) -> str:
    found = re.search(r'href="([^"]*css/parts\.css[^"]*)"', client.get("/").text)
    assert found is not None
    return found.group(1)


def test_what_a_page_names_is_kept_for_good(client: FlaskClient) -> None:
    address = sheet(client)
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_address_of_an_earlier_version_is_answered_and_not_kept(client: FlaskClient) -> None:
    before = sheet(client).partition("?v=")[0] + "?v=000000"
    answer = client.get(before, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_font_is_kept_for_a_month_though_its_style_sheet_names_no_version(
    client: FlaskClient,
) -> None:
    name = "vendor/source-sans-3/source-sans-3-latin-wght-normal.woff2"
    answer = client.get(f"/static/{name}", buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=2592000"


def test_the_font_that_a_page_asks_for_early_is_the_one_of_the_style_sheet(
    client: FlaskClient,
) -> None:
    page = client.get("/").text
    found = re.search(r'rel="preload" href="([^"]*)"', page)
    assert found is not None
    assert found.group(1).endswith(".woff2")


def test_a_file_that_changed_has_another_address(tmp_path: Path) -> None:
    file = tmp_path / "parts.css"
    file.write_text("a {}")
    first = _content_of(file)
    file.write_text("b {}")
    assert _content_of(file) != first
    assert _content_of(tmp_path / "gone.css") is None


def test_a_page_is_kept_by_nobody(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"
