"""Style sheets and scripts travel packed; pages, which hold a secret, do not."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

STATIC = Path(__file__).parents[2] / "static"
SHEET = "css/tokens.css"
PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def _get(client: FlaskClient, name: str, **headers: str) -> TestResponse:
    # Read to the end, so that the file behind it is closed.
    return client.get(f"/static/{name}", headers=headers, buffered=True)


@pytest.mark.parametrize("name", [SHEET, "vendor/htmx/htmx.min.js", "img/favicon.svg"])
def test_text_travels_packed_and_unpacks_to_the_file(client: FlaskClient, name: str) -> None:
    answer = _get(client, name, **PACKED)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.vary
    assert gzip.decompress(answer.data) == (STATIC / name).read_bytes()
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_second_reader_gets_the_same(client: FlaskClient) -> None:
    first, second = (_get(client, SHEET, **PACKED) for _ in range(2))
    assert first.data == second.data


def test_a_browser_that_unpacks_nothing_gets_the_file(client: FlaskClient) -> None:
    answer = _get(client, SHEET)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.vary
    assert answer.data == (STATIC / SHEET).read_bytes()


def test_what_a_browser_has_already_is_not_sent_again(client: FlaskClient) -> None:
    tag = _get(client, SHEET, **PACKED).headers["ETag"]
    again = _get(client, SHEET, **PACKED, **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_fonts_and_pictures_are_packed_already(client: FlaskClient) -> None:
    name = "vendor/source-sans-3/source-sans-3-latin-wght-normal.woff2"
    assert "Content-Encoding" not in _get(client, name, **PACKED).headers


def test_pages_are_not_packed_beside_their_secret(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/sign-in", headers=PACKED).headers
