"""Every page that a person can reach by its links: one of each kind."""

import secrets
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.exceptions import HTTPException

from models import Account

# Who walks through the site: how the address of the demo account begins; "" is a visitor.
WALKERS = ("", "researcher-kr", "coordinator", "organiser", "administrator")
_FIELDS = ("input", "select", "textarea")
_NOT_ACCEPTED = 422
# Pages that no link leads to: mails lead there, or a mistake does.
_ALSO = (
    "/no-such-page",
    "/register/sent",
    "/forgotten-password/sent",
    "/confirm/gone",
    "/reset-password/gone",
    "/new-address/gone",
    "/invitations/gone",
    "/unsubscribe/gone",
)


@dataclass(frozen=True)
class Visited:
    """A page as it was answered."""

    path: str
    status: int
    html: str


def visit_as(client: FlaskClient, session: Session, walker: str, language: str) -> None:
    """Sign a demo account in, if one is meant, and have the pages in a language."""
    if walker:
        found = session.exec(select(Account).where(Account.email.startswith(walker))).one()
        key = f"{found.id}.{found.session_epoch}.{secrets.token_hex(4)}"
        found.language = language
        session.commit()
    with client.session_transaction() as cookie:
        cookie["language"] = language
        if walker:
            cookie["_user_id"], cookie["_fresh"] = key, True


def walk(app: Flask, client: FlaskClient, also: Sequence[str] = ()) -> Iterator[Visited]:
    """Follow links from the first page on; of pages that differ only by a number, one is taken.

    Parameters
    ----------
    also
        Addresses to begin at, too.

    Last, each form is sent empty, for the page that says what is missing.
    """
    seen: set[object] = set()
    forms: dict[object, str] = {}
    ahead = deque([*also, "/", *_ALSO])
    while ahead:
        path = ahead.popleft()
        kind = kind_of(app, path)
        if kind in seen:
            continue
        seen.add(kind)
        answer = client.get(path)
        if answer.is_json or answer.mimetype != "text/html":
            if answer.location:
                ahead.append(answer.location)
            continue
        if answer.location:
            ahead.append(urljoin(path, answer.location))
            continue
        yield Visited(path, answer.status_code, answer.text)
        found = _Ways(path, answer.text)
        ahead.extend(found.links)
        forms |= {kind_of(app, action): action for action in found.forms}
    for action in forms.values():
        answer = client.post(action)
        if answer.status_code == _NOT_ACCEPTED and answer.mimetype == "text/html":
            yield Visited(f"{action}#sent-empty", answer.status_code, answer.text)


def kind_of(app: Flask, path: str) -> object:
    """Tell what kind of page an address is: its endpoint, and whatever of it is no number."""
    try:
        endpoint, values = app.url_map.bind("").match(urlsplit(path).path, method="GET")
    except HTTPException:
        return path
    return endpoint, tuple(value for value in values.values() if isinstance(value, str))


class _Ways(HTMLParser):
    """Where the links of a page lead, and where its forms with fields to fill in are sent."""

    def __init__(self, path: str, html: str) -> None:
        super().__init__()
        self.path = path
        self.links: list[str] = []
        self.forms: list[str] = []
        self._action = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a way onwards."""
        given = dict(attrs)
        if tag == "a" and "download" not in given and given.get("href"):
            self._add(self.links, str(given["href"]))
        elif tag == "form":
            self._action = str(given.get("action") or self.path)
            if given.get("method") != "post":
                self._action = ""
        elif tag in _FIELDS and self._action and given.get("type") not in ("hidden", "submit"):
            self._add(self.forms, self._action)

    def _add(self, ways: list[str], href: str) -> None:
        way = urljoin(self.path, href).partition("#")[0]
        if way.startswith("/"):
            ways.append(way)
