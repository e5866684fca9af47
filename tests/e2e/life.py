"""A little life in the demo forum, so that pages which begin empty have something on them."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from models import Account, Profile
from seed.forum import SLUG
from tests.e2e.consortium_life import build_a_little
from tests.e2e.desk_life import run_a_little
from tests.e2e.mailing_life import write_a_little
from tests.e2e.walking import visit_as

_TWO = ("researcher-eu", "researcher-kr")
_TEXT = "안녕하세요. 시료를 두 개 보내 드릴 수 있습니다.\nShall we talk about the interface first?"


def live_a_little(app: Flask, session: Session) -> dict[str, list[str]]:
    """Let the demo researchers meet and write, a coordinator build a team, an organiser organise.

    Returns
    -------
    Addresses to walk, too, by who walks.
    """
    protected = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = False
    left, right = (_profile(session, walker) for walker in _TWO)
    clients = {}
    for walker, other in zip(_TWO, (right, left), strict=True):
        clients[walker] = app.test_client()
        visit_as(clients[walker], session, walker, "en")
        said = {"edition": SLUG, "kind": "interested"}
        _done(clients[walker], f"/suggestions/people/{other}", said)
    _arrange(clients["researcher-eu"], right)
    lead = _profile(session, "coordinator")
    clients["coordinator"] = app.test_client()
    visit_as(clients["coordinator"], session, "coordinator", "en")
    for walker, other in (("coordinator", right), ("researcher-kr", lead)):
        said = {"edition": SLUG, "kind": "interested"}
        _done(clients[walker], f"/suggestions/people/{other}", said)
    _done(clients["researcher-eu"], f"/messages/{right}", {"text": _TEXT})
    _done(clients["researcher-kr"], f"/messages/{left}", {"text": _TEXT})
    build_a_little(app, session)
    write_a_little(app, session)
    also = run_a_little(app, session)
    also["researcher-kr"].append(f"/meetings/with/{lead}/{SLUG}")
    app.config["WTF_CSRF_ENABLED"] = protected
    return also


def _profile(session: Session, walker: str) -> int:
    query = select(Profile.id).join(Account, col(Profile.account_id) == Account.id)
    found = session.exec(query.where(col(Account.email).startswith(walker))).one()
    session.commit()
    return found


def _done(client: FlaskClient, path: str, values: dict[str, str]) -> None:
    answer = client.post(path, data=values)
    assert answer.status_code == 302, (path, answer.status_code)


def _arrange(client: FlaskClient, other: int) -> None:
    path = f"/meetings/with/{other}/{SLUG}"
    start = re.search(r'name="start"[^>]* value="([^"]+)"', client.get(path).text)
    assert start is not None
    _done(client, path, {"start": start.group(1)})
