"""A file of registrants at work: progress, a worker that dies, and an organiser who stops it."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, Edition, Profile, RegistrantFile
from models.database import make_engine, make_sessions, reading
from services.imports_reading import ReadFile, read_people
from services.registrant_file_run import run_file, run_waiting_files
from services.registrant_file_work import FileWork
from services.registrant_files import ask_to_take, discard_file, forget_files
from services.registrant_upload import Upload, receive, source_of
from tests.conftest import NOW
from tests.factories import Factory

PEOPLE = 450


@pytest.fixture
def engine(shared_database: str) -> Iterator[Engine]:
    """Open a database that several connections see: progress is written beside the reading."""
    opened = make_engine(shared_database)
    yield opened
    opened.dispose()


@pytest.fixture
def edition(session: Session, make: Factory) -> Edition:
    return make.edition(slug="forum", countries={"KR": "right", "DE": "left"})


@pytest.fixture
def file_id(session: Session, make: Factory, edition: Edition) -> int:
    """Give a file of some hundred people that waits to be checked."""
    rows = ({"id": f"p{n}", "name": f"P {n}", "country": "KR"} for n in range(PEOPLE))
    data = "\n".join(json.dumps(row) for row in rows).encode()
    row = receive(session, edition, Upload("people.jsonl", data), make.account().id, NOW)
    session.commit()
    return row.id


class Clock:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def work(engine: Engine, clock: Clock) -> FileWork:
    return FileWork(make_sessions(engine), reading(engine), clock)


def file_of(session: Session, file_id: int) -> RegistrantFile:
    session.expire_all()
    row = session.get_one(RegistrantFile, file_id)
    session.commit()
    return row


def people(session: Session) -> int:
    found = len(session.exec(select(Profile.id)).all())
    session.commit()
    return found


def ready_to_take(session: Session, engine: Engine, file_id: int, clock: Clock) -> None:
    assert run_waiting_files(work(engine, clock)) == 1
    ask_to_take(session, file_of(session, file_id))
    session.commit()


def test_a_check_tells_how_far_it_is_and_changes_nobody(
    session: Session, engine: Engine, file_id: int
) -> None:
    assert run_waiting_files(work(engine, Clock())) == 1

    row = file_of(session, file_id)
    assert (row.state, row.stage, row.done, row.of) == ("checked", "planning", PEOPLE, PEOPLE)
    assert row.report is not None
    assert row.report["counts"]["added"] == PEOPLE
    assert people(session) == 0


def test_a_worker_that_dies_while_writing_leaves_nothing_and_the_next_takes_in_once(
    session: Session, engine: Engine, file_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    ready_to_take(session, engine, file_id, clock)

    def die(*_given: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("services.audit.record", die)
        with pytest.raises(KeyboardInterrupt):
            run_file(work(engine, clock), file_id)
    assert (people(session), file_of(session, file_id).state) == (0, "taking")

    assert run_waiting_files(work(engine, clock)) == 0
    clock.now += timedelta(seconds=61)
    assert run_waiting_files(work(engine, clock)) == 1
    assert run_waiting_files(work(engine, clock)) == 0
    assert people(session) == PEOPLE
    assert file_of(session, file_id).state == "done"
    assert session.exec(select(AuditEntry.act)).all() == ["imported"]


def test_an_error_of_the_program_is_told_and_changes_nothing(
    session: Session, engine: Engine, file_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    ready_to_take(session, engine, file_id, clock)

    def fail(*_given: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("services.audit.record", fail)
    assert run_waiting_files(work(engine, clock)) == 1

    assert (people(session), file_of(session, file_id).state) == (0, "failed")


def test_a_file_that_was_discarded_meanwhile_is_not_taken_in(
    session: Session, engine: Engine, file_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    ready_to_take(session, engine, file_id, clock)

    def discarded_while_reading(*given: Any) -> ReadFile:
        found = read_people(*given)
        discard_file(session, file_of(session, file_id))
        session.commit()
        return found

    monkeypatch.setattr("services.registrant_file_run.read_people", discarded_while_reading)
    run_waiting_files(work(engine, clock))

    assert people(session) == 0


def test_files_are_forgotten_after_a_day_or_when_somebody_is_erased(
    session: Session, file_id: int
) -> None:
    forget_files(session, NOW)
    assert session.get(RegistrantFile, file_id) is not None
    forget_files(session)
    session.expire_all()
    assert session.get(RegistrantFile, file_id) is None


def test_a_list_of_an_edition_cannot_name_another_editions_people(edition: Edition) -> None:
    assert source_of(edition, " other ") == "forum:other"
    assert source_of(edition) == "forum"
