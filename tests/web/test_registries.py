"""The way to the registries: bounded in time and size, and closed to strangers."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from models import Account
from services.registries import Question, RegistryTrouble
from tests.factories import Factory
from web.config import Settings
from web.registries import Registries

ORCID = "0000-0002-1825-0097"
ASKED = Question("orcid", f"/{ORCID}/record")


class Remote:
    """A server whose answer a test decides."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 200, dict[str, str](), b"{}"
        self.waits = threading.Event()
        self.hangs = self.drips = False
        self.paths: list[str] = []
        remote = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                remote.answer(self)

            def log_message(self, *_given: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        quick = {"poll_interval": 0.02}
        threading.Thread(target=self.server.serve_forever, kwargs=quick, daemon=True).start()

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        self.paths.append(to.path)
        if self.hangs:
            self.waits.wait(5)
            return
        to.send_response(self.status)
        for name, value in self.headers.items():
            to.send_header(name, value)
        to.end_headers()
        to.wfile.write(self.body)
        if self.drips:
            self.waits.wait(5)

    def close(self) -> None:
        self.waits.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def remote() -> Iterator[Remote]:
    made = Remote()
    yield made
    made.close()


def ask(remote: Remote, seconds: float = 5.0) -> bytes:
    bases = dict.fromkeys(("orcid", "crossref", "doi", "openalex"), remote.address)
    return Registries(bases, seconds)(ASKED)


def trouble(remote: Remote, seconds: float = 5.0) -> str:
    with pytest.raises(RegistryTrouble) as error:
        ask(remote, seconds)
    return error.value.code


def test_an_answer_comes_back_as_it_is(remote: Remote) -> None:
    remote.body = b'{"a": 1}'

    assert ask(remote) == b'{"a": 1}'
    assert remote.paths == [f"/{ORCID}/record"]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "registry-unknown"),
        (410, "registry-unknown"),
        (500, "registry-silent"),
        (429, "registry-silent"),
    ],
)
def test_a_refusal_is_told_from_an_unknown_record(remote: Remote, status: int, code: str) -> None:
    remote.status = status

    assert trouble(remote) == code


def test_a_server_that_hangs_is_given_up_within_the_budget(remote: Remote) -> None:
    remote.hangs = True

    assert trouble(remote, seconds=0.2) == "registry-slow"


def test_an_answer_that_never_ends_is_given_up_within_the_budget(remote: Remote) -> None:
    remote.drips, remote.headers = True, {"Content-Length": "100"}

    assert trouble(remote, seconds=0.3) == "registry-slow"


def test_all_questions_of_one_import_share_one_budget(remote: Remote) -> None:
    bases = dict.fromkeys(("orcid", "crossref", "doi", "openalex"), remote.address)
    spent = Registries(bases, seconds=0.0)

    with pytest.raises(RegistryTrouble, match="registry-slow"):
        spent(ASKED)


def test_a_server_that_is_not_there_is_called_silent(remote: Remote) -> None:
    remote.close()

    assert trouble(remote) == "registry-silent"


@pytest.mark.parametrize(
    "stranger",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://evil.example/",
        "file:///etc/passwd",
        "http://localhost/admin",
        "http://api.datacite.org/plain-http",
    ],
)
def test_a_redirect_to_a_stranger_is_refused(remote: Remote, stranger: str) -> None:
    remote.status, remote.headers = 302, {"Location": stranger}

    assert trouble(remote) == "registry-strange"
    assert len(remote.paths) == 1


def test_a_redirect_within_the_registry_is_followed_but_not_for_ever(remote: Remote) -> None:
    remote.status, remote.headers = 302, {"Location": "/again"}

    assert trouble(remote) == "registry-strange"
    assert remote.paths[1:] == ["/again"] * 3


def test_an_answer_without_bound_is_refused(remote: Remote) -> None:
    remote.body = b"x" * (11 * 1024 * 1024)

    assert trouble(remote) == "registry-strange"


class TestPage:
    @pytest.fixture
    def app(self, app: Flask, remote: Remote) -> Flask:
        """Make the application again, asking the test's own server."""
        old: Settings = app.extensions["settings"]
        chosen = Settings(instance_dir=old.instance_dir, testing=True, orcid_api=remote.address)
        made = create_app(chosen)
        made.config["WTF_CSRF_ENABLED"] = False
        for name in ("engine", "clock"):
            made.extensions[name] = app.extensions[name]
        return made

    @pytest.fixture
    def browser(self, make: Factory, sign_in: Callable[[Account], FlaskClient]) -> FlaskClient:
        return sign_in(make.account())

    def test_an_id_becomes_lines_to_look_through(self, browser: Any, remote: Remote) -> None:
        remote.body = b'{"person": {"name": {"given-names": {"value": "Josiah"}}}}'

        answer = browser.post("/profile/import", data={"text": ORCID})

        assert answer.location == "/profile/import/review"
        assert "Josiah" in browser.get(answer.location).text

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (404, "ORCID has no such record"),
            (503, "ORCID cannot be reached from here now"),
            (200, "ORCID gave an answer that cannot be read"),
        ],
    )
    def test_what_the_registry_does_not_do_is_said_with_what_to_do(
        self, browser: Any, remote: Remote, status: int, words: str
    ) -> None:
        remote.status, remote.body = status, b"<html>"

        answer = browser.post("/profile/import", data={"text": ORCID})

        assert answer.status_code == 422
        assert words in answer.text
        assert ORCID in answer.text
