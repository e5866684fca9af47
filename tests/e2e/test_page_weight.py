"""A page of suggestions is light: under 150 kB without images and fonts, however many people."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlmodel import Session, col

from app import create_app
from benchmarks.forum_data import make_forum
from models import Account, Profile
from models.database import make_engine, make_sessions
from services.consents import give
from services.consents_reading import MATCHING, OVERSEAS, SHOWING
from tests.e2e.walking import visit_as
from web.clock import now
from web.config import Settings

LIMIT = 150_000
PACKED = {"Accept-Encoding": "gzip"}
NEEDED = re.compile(
    r'<(?:link rel="stylesheet" href|script src)="([^"]+)"|<script[^>]* src="([^"]+)"'
)


def _weight(client: FlaskClient) -> tuple[int, int]:
    """Count the bytes of the page, its style sheets and its scripts; and the people on it."""
    page = client.get("/suggestions/", headers=PACKED)
    assert page.status_code == 200
    total = len(page.data)
    for found in NEEDED.findall(page.text):
        part = client.get(urlsplit("".join(found)).path, headers=PACKED, buffered=True)
        assert part.status_code == 200
        total += len(part.data)
    return total, page.text.count('<li class="person"')


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_page_of_suggestions_is_light(app: Flask, session: Session, language: str) -> None:
    client = app.test_client()
    visit_as(client, session, "researcher-eu", language)
    weight, people = _weight(client)
    assert people == 20
    assert weight < LIMIT


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give an application with 10,000 people on each side; one of them has an account."""
    folder = tmp_path_factory.mktemp("crowd")
    engine = make_engine(f"sqlite:///{make_forum(folder, 10_000)}")
    made = create_app(Settings(instance_dir=folder, testing=True))
    made.extensions["engine"] = engine
    with made.app_context(), make_sessions(engine)() as session:
        reader = Account(
            email="reader@example.org", password_hash="!", created_at=now(), confirmed_at=now()
        )
        session.add(reader)
        session.flush()
        session.exec(update(Profile).where(col(Profile.id) == 1).values(account_id=reader.id))
        give(session, reader.id, (MATCHING, SHOWING, OVERSEAS), "ko", now())
        session.commit()
    yield made
    engine.dispose()


@pytest.mark.slow
def test_it_is_as_light_with_ten_thousand_people_behind_it(crowd: Flask, tmp_path: Path) -> None:
    client = crowd.test_client()
    with make_sessions(crowd.extensions["engine"])() as session:
        visit_as(client, session, "reader", "ko")
    weight, people = _weight(client)
    assert people == 20
    assert weight < LIMIT
