"""An organiser publishes a round and takes it back; the people in it read their matches."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session

from models import Account, Edition
from models.database import make_sessions
from tests.factories import Factory
from tests.services.round_example import forum, run

SignIn = Callable[[Account], FlaskClient]
ROUND = "/organise/jeju/rounds/1"


@pytest.fixture
def finished(make: Factory, session: Session, engine: Engine, now: datetime) -> Edition:
    edition, _, _ = forum(make, state="closed", closes_at=now - timedelta(days=1))
    run(session, make_sessions(engine), edition, now)
    session.commit()
    return edition


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def test_a_round_is_published_and_withdrawn_with_a_button(
    organiser: FlaskClient, finished: Edition
) -> None:
    assert f"{ROUND}/publishing" in organiser.get(ROUND).text
    assert "Publish this round" in organiser.get(f"{ROUND}/publishing").text
    page = organiser.post(f"{ROUND}/publish", follow_redirects=True).text
    assert "Round 1 is published: people see their matches." in page
    assert "Withdraw this round" in page
    assert "Published" in organiser.get("/organise/jeju/rounds").text
    page = organiser.post(f"{ROUND}/withdraw", follow_redirects=True).text
    assert "Round 1 is withdrawn: nobody sees matches of it." in page


def test_what_is_refused_is_said_in_words(
    organiser: FlaskClient, finished: Edition, session: Session
) -> None:
    page = organiser.post(f"{ROUND}/withdraw", follow_redirects=True).text
    assert "This round is not published." in page
    finished.state, finished.closes_at = "open", finished.starts_at
    session.add(finished)
    session.commit()
    page = organiser.post(f"{ROUND}/publish", follow_redirects=True).text
    assert "People may still join." in page
    assert "Publish this round" not in page


def test_who_is_in_no_published_round_reads_what_comes(
    sign_in: SignIn, make: Factory, finished: Edition
) -> None:
    account = make.account()
    assert "Make my profile" in sign_in(account).get("/matches/").text
    make.profile(finished, account_id=account.id)
    assert "the organisers pair everybody" in sign_in(account).get("/matches/").text
    assert "Your matches" not in sign_in(account).get("/").text


def test_who_is_in_it_finds_their_partners_from_the_front_page(
    make: Factory, session: Session, engine: Engine, now: datetime, sign_in: SignIn
) -> None:
    edition, left, right = forum(make, state="closed", closes_at=now - timedelta(days=1))
    run(session, make_sessions(engine), edition, now)
    account = make.account()
    left[0].account_id = account.id
    right[1].visibility = "participants"
    session.add_all([left[0], right[1]])
    session.commit()
    make.consents(account.id, "matching", "showing", "overseas")
    sign_in(make.account("organiser")).post(f"{ROUND}/publish")
    client = sign_in(account)
    assert "Your matches of Forum are there." in client.get("/").text
    page = client.get("/matches/").text
    assert right[1].name in page
    assert f"/people/{right[1].id}" in page
    assert right[0].name not in page
