"""Letters are plain and short, with one link that leads here and nowhere else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from app import create_app
from services.mail import Letter, Written
from web import letters
from web.config import Settings
from web.letters import link_base, write

KINDS = sorted(
    path.stem for path in (Path(__file__).parents[2] / "templates" / "email").glob("*.txt")
)
Make = Callable[..., Flask]
PLACE: dict[str, int | str] = {
    "meeting_id": 1,
    "session_id": 1,
    "consortium_id": 1,
    "invitation_id": 1,
    "slug": "demo",
}


@pytest.fixture
def make_app(engine: Engine, tmp_path: Path) -> Make:
    def act(**given: str | int | tuple[str, ...]) -> Flask:
        settings = Settings(instance_dir=tmp_path, testing=True, **given)  # type: ignore[arg-type]
        made = create_app(settings)
        made.extensions["engine"] = engine
        return made

    return act


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_short_and_has_at_most_one_link(app: Flask, kind: str) -> None:
    letter = Letter(kind, "event", "kim@example.org", token="token", place=PLACE)
    with app.test_request_context("/"):
        written = write(letter)
    assert written.subject.startswith("Ieum: ")
    assert "\n" not in written.subject
    assert 15 < len(written.body.split()) < 90
    assert len(re.findall(r"https?://", written.body)) <= 1
    assert written.body.isprintable() is False  # it has lines
    assert "%(" not in written.body
    assert "<" not in written.body


@pytest.mark.parametrize("kind", ["confirm", "reset", "move"])
def test_a_letter_with_a_token_carries_it_in_its_link(app: Flask, kind: str) -> None:
    letter = Letter(kind, "event", "kim@example.org", token="the.token-1")
    with app.test_request_context("/"):
        body = write(letter).body
    (address,) = re.findall(r"http://localhost(/\S+)", body)
    assert address.endswith("/the.token-1")
    assert app.url_map.bind("").match(address, "GET")[0] == f"accounts.{kind}"


def test_a_letter_speaks_every_language_of_the_site_the_readers_first(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        letters, "_in_language", lambda _letter, language: Written(language, language)
    )
    with app.app_context():
        korean = write(Letter("reset", "event", "kim@example.org", language="ko", token="t"))
        anybody = write(Letter("reset", "event", "jana@example.org", token="t"))
    assert (korean.subject, anybody.subject) == ("ko", "en / ko")
    assert korean.body.startswith("ko\n\nen\n\nhttp")


def test_the_public_address_comes_first(make_app: Make) -> None:
    app = make_app(public_url="https://forum.example.org/ieum/")
    with app.test_request_context("/", base_url="http://localhost"):
        assert link_base() == "https://forum.example.org/ieum"


def test_a_command_links_to_where_the_server_listens(make_app: Make) -> None:
    with make_app(host="127.0.0.1", port=8123).app_context():
        assert link_base() == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("http://localhost:5000", "http://localhost:5000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://evil.example", "http://127.0.0.1:8000"),
        ("http://127.0.0.1.evil.example", "http://127.0.0.1:8000"),
    ],
)
def test_an_unchecked_host_is_believed_only_if_it_is_this_machine(
    make_app: Make, host: str, base: str
) -> None:
    with make_app().test_request_context("/", base_url=host):
        assert link_base() == base


def test_a_checked_host_is_believed(make_app: Make) -> None:
    app = make_app(trusted_hosts=("forum.example.org",))
    with app.test_request_context("/", base_url="https://forum.example.org"):
        assert link_base() == "https://forum.example.org"
    assert app.test_client().get("/healthz", headers={"Host": "evil.example"}).status_code == 400
