import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from matchmaking.affinity_side import EncodedPerson
from matchmaking.encoder_plan import DEFAULT_PLAN
from models import Edition, Profile
from models.database import make_engine
from services import matcher_cache
from services.edition_calibration import calibration_of, weighing_of
from services.encoded_people import encoded_people
from services.matcher_cache import MatcherCache, SideCache
from tests.factories import Factory
from tests.word_encoder import encode_everybody
from web.matcher_warming import warm


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Give a database in a file: two threads cannot read through one connection."""
    made = make_engine(f"sqlite:///{tmp_path / 'threads.sqlite'}")
    SQLModel.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def people(session: Session, make: Factory, edition: Edition) -> list[Profile]:
    rows = [make.profile(edition, country="KR", research="quantum chip") for _ in range(5)]
    encode_everybody(session)
    return rows


@pytest.fixture
def _two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher_cache, "AT_ONCE", 2)


@pytest.fixture(autouse=True)
def _threads_end() -> Iterator[None]:
    yield
    _wait()


def _wait() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("matcher-warming"):
            thread.join(20)


def _side(app: Flask, edition: Edition, name: str = "right") -> SideCache:
    cache: MatcherCache = app.extensions["matcher"]
    return cache.side(edition.id, name, calibration_of(edition), weighing_of(edition))


def _asker(session: Session, make: Factory) -> EncodedPerson:
    me = make.profile(research="quantum photon")
    encode_everybody(session)
    return encoded_people(session, DEFAULT_PLAN, [me.id])[me.id]


@pytest.mark.usefixtures("_two_at_once")
def test_a_start_reads_both_sides_of_open_editions_in_the_background(
    app: Flask, make: Factory, edition: Edition, people: list[Profile]
) -> None:
    closed = make.edition(state="over")
    make.participation(closed, people[0])
    warm(app)
    _wait()
    _wait()
    assert len(_side(app, edition).beside([one.id for one in people])) == 5
    assert len(_side(app, closed).beside([people[0].id])) == 0


@pytest.mark.usefixtures("_two_at_once")
def test_a_page_does_not_wait_for_many_to_be_read_and_has_all_soon_after(
    app: Flask, session: Session, make: Factory, edition: Edition, people: list[Profile]
) -> None:
    side, asker = _side(app, edition), _asker(session, make)
    ids = [one.id for one in people]
    assert 2 <= len(side.nearest(session, asker, ids)) <= 5
    _wait()
    assert len(side.nearest(session, asker, ids)) == 5


def test_a_few_are_read_at_once(
    app: Flask, session: Session, make: Factory, edition: Edition, people: list[Profile]
) -> None:
    found = _side(app, edition).nearest(session, _asker(session, make), [one.id for one in people])
    assert len(found) == 5


@pytest.mark.usefixtures("_two_at_once")
def test_what_changes_while_it_is_read_is_read_again(
    app: Flask, session: Session, edition: Edition, people: list[Profile]
) -> None:
    side, ids = _side(app, edition), [one.id for one in people]
    side.warm(session, ids)
    people[0].research = "turbine noise"
    encode_everybody(session)
    while side.warm(session, ids):
        pass
    fresh = SideCache(side.calibration, weighing=side.weighing)
    fresh.warm(session, ids)
    for cache in (side, fresh):
        assert cache.beside(ids[:1]).expertise.english.vectors.tobytes() == (
            fresh.beside(ids[:1]).expertise.english.vectors.tobytes()
        )
