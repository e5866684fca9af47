"""A draft of a mailing, and one that was stopped on its way, so that their pages can be walked."""

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from models.database import make_sessions
from seed.forum import SLUG
from tests.e2e.walking import visit_as
from web.database import engine
from web.mailing_work import spread

_AT = f"/organise/{SLUG}/mailings/"
_TEXTS = {
    "subject_en": "News of {edition}",
    "subject_ko": "{edition} 소식",
    "body_en": "Dear {name},\n\nsee {link}",
    "body_ko": "{name} 님,\n\n{link}",
    "audience": "everybody",
    "side": "both",
    "leads_to": "edition",
}


def write_a_little(app: Flask, session: Session) -> None:
    """Let the organiser write two mailings, send one of them, and stop it."""
    client = app.test_client()
    visit_as(client, session, "organiser", "en")
    for path in ("new", "new"):
        written = client.post(_AT + path, data=_TEXTS)
        assert written.status_code == 302, path
    sent = written.location
    seen = _seen(client, sent)
    assert client.post(sent + "/send", data={"seen": seen}).status_code == 302
    with app.app_context():
        assert spread(make_sessions(engine())) > 0
    assert client.post(sent + "/cancel").status_code == 302


def _seen(client: FlaskClient, path: str) -> str:
    page: str = client.get(path).text
    return page.partition('name="seen" value="')[2].partition('"')[0]
