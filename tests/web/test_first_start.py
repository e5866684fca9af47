"""The first start, step by step, without its processes."""

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Edition, Participation, Round
from models.database import make_sessions
from seed import DemoAccount
from services.encoding import write_passages
from services.encoding_run import encode_stale
from services.matcher import make_judge
from services.round_queue import run_queued_rounds
from tests.conftest import NOW
from tests.factories import Factory
from tests.word_encoder import encode_everybody, word_encoders
from web import first_start
from web.first_start import Pairing, Reading


def _edition(make: Factory) -> Edition:
    edition = make.edition(slug="demo", least_partners=1, most_partners=1)
    make.profile(edition, research="quantum photon")
    make.profile(edition, country="KR", research="quantum chip")
    return edition


def test_a_database_is_empty_until_somebody_used_it(app: Flask, make: Factory) -> None:
    with app.app_context():
        assert first_start.is_empty()
        make.account()
        assert not first_start.is_empty()


def test_the_demo_forum_is_seeded_with_accounts_told_once(app: Flask, session: Session) -> None:
    with app.app_context():
        accounts = first_start.seed()
        assert first_start.seed() == ()
    line = first_start.account_line(accounts)
    assert "researcher-kr@demo.example " in line
    assert all(account.password in line for account in accounts)
    assert len(accounts) == 5
    people = session.exec(select(Participation)).all()
    assert len(people) == 120


def test_the_forum_is_paired_as_soon_as_it_is_read_and_told_in_four_lines(
    app: Flask, engine: Engine, session: Session, make: Factory
) -> None:
    _edition(make)
    encode_everybody(session)
    said: list[str] = []
    pairing = Pairing(said.append)
    with app.app_context():
        assert first_start.waits()
        assert pairing.step() == Reading(0, 0)
        assert pairing.step() == Reading(0, 0)
        assert not first_start.waits()
        run_queued_rounds(make_sessions(engine), lambda: NOW, make_judge)
        assert pairing.step() is None
    assert said[:2] == ["2 people: 1 from Europe and 1 from Korea.", "1 pairs."]
    assert said[2].startswith("Total affinity ")
    assert "no choice of pairs can exceed" in said[2]
    assert "http://127.0.0.1:8000/suggestions/" in said[3]
    assert "http://127.0.0.1:8000/organise/demo/rounds/1" in said[3]


def test_nothing_is_paired_before_all_is_read(
    app: Flask, engine: Engine, session: Session, make: Factory
) -> None:
    edition = _edition(make)
    encode_everybody(session)
    late = make.profile(edition, research="late arrival")
    write_passages(session, late)
    session.commit()
    pairing = Pairing(lambda _line: None)
    with app.app_context():
        assert pairing.step() == Reading(0, 1)
        assert pairing.step() == Reading(0, 1)
        assert first_start.waits()
        encode_stale(make_sessions(engine), word_encoders()[0], lambda: NOW)
        assert pairing.step() == Reading(1, 1)
        assert not first_start.waits()
    assert len(session.exec(select(Round)).all()) == 1


def test_a_round_that_failed_is_told_as_such(app: Flask, engine: Engine, make: Factory) -> None:
    make.edition(slug="demo")
    said: list[str] = []
    pairing = Pairing(said.append)
    with app.app_context():
        pairing.step()
        run_queued_rounds(make_sessions(engine), lambda: NOW, make_judge)
        assert pairing.step() is None
    assert said[0].startswith("The demo forum was not paired: ")


@pytest.mark.parametrize("state", ["closed", "over", None])
def test_a_forum_without_an_open_demo_edition_is_left_alone(
    app: Flask, session: Session, make: Factory, state: str | None
) -> None:
    if state is not None:
        make.edition(slug="demo", state=state)
    with app.app_context():
        assert Pairing(lambda _line: None).step() is None
    assert session.exec(select(Round)).all() == []


def test_an_address_that_stands_for_all_is_shown_as_this_machine(app: Flask) -> None:
    with app.app_context():
        assert first_start.shown_host() == "127.0.0.1"


def test_accounts_stand_on_one_line() -> None:
    line = first_start.account_line([DemoAccount("a@demo.example", "secret")])
    assert "\n" not in line
    assert line.endswith("a@demo.example secret")
