"""The worker as a process: it encodes, answers, and loses nothing when it is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session, select

from app import create_app
from matchmaking.encoder_plan import DEFAULT_PLAN
from models import Mail, PassageVector
from models.database import make_engine, make_sessions, reading
from services.encoding import stale, write_all_passages
from services.jobs import worker_is_there
from tests.conftest import NOW
from tests.factories import Factory
from web.config import Settings
from web.jobs import queues

ROOT = Path(__file__).parent.parent.parent
Sessions = Callable[[], Session]
Start = Callable[[], "subprocess.Popen[str]"]
PEOPLE = 120
LONG_AGO = NOW - timedelta(days=30)


@pytest.fixture
def settings(shared_database: str, tmp_path: Path) -> Settings:
    return Settings(instance_dir=tmp_path / "instance", database_url=shared_database)


@pytest.fixture
def web_process(settings: Settings) -> Flask:
    """Give the application as a web process has it, with real queues."""
    return create_app(settings)


@pytest.fixture
def database(shared_database: str) -> Iterator[Engine]:
    engine = make_engine(shared_database)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(database: Engine) -> Sessions:
    """Only read, so that looking again and again keeps nobody from writing."""
    return reading(database)


@pytest.fixture
def start(settings: Settings) -> Iterator[Start]:
    """Start a worker process; what still runs in the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def act() -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.web.worker_process"]
        process = subprocess.Popen(  # noqa: S603 - our own module
            [*command, str(settings.instance_dir), settings.database_url],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield act
    for process in running:
        process.kill()
        process.communicate(timeout=30)


def _output(process: "subprocess.Popen[str]") -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def _write_people(database: Engine) -> None:
    with make_sessions(database)() as session:
        make = Factory(session, NOW)
        people = [make.profile(research=f"Topic {number} chips.") for number in range(PEOPLE)]
        write_all_passages(session, people)
        session.commit()


def _stale(sessions: Sessions) -> int:
    with sessions() as session:
        return stale(session, DEFAULT_PLAN)


def _wait_until_all_is_encoded(process: "subprocess.Popen[str]", sessions: Sessions) -> None:
    """Follow its batches; the last one is in the tables once nothing is stale."""
    for _line in _output(process):
        if _stale(sessions) <= 32:
            break
    while _stale(sessions):
        assert process.poll() is None


def test_a_killed_worker_loses_one_batch_and_the_next_one_finishes(
    start: Start, database: Engine, sessions: Sessions
) -> None:
    _write_people(database)
    first = start()
    for _line in _output(first):
        if _stale(sessions) < PEOPLE:
            break
    first.kill()
    first.wait(30)
    left = _stale(sessions)
    assert 0 < left < PEOPLE
    _wait_until_all_is_encoded(start(), sessions)
    with sessions() as session:
        rows = session.exec(select(PassageVector.passage_id, PassageVector.encoder)).all()
    assert len(rows) == len(set(rows)) == PEOPLE * len(DEFAULT_PLAN.names)


def test_a_worker_sends_what_waits_answers_questions_and_ends_on_a_signal(
    start: Start, web_process: Flask, settings: Settings, database: Engine, sessions: Sessions
) -> None:
    _write_mail(database)
    worker = start()
    with web_process.app_context():
        answer = None
        while answer is None:
            assert worker.poll() is None
            answer = queues().ask("quantum photon")
    assert [name for name, _ in answer.vectors] == list(DEFAULT_PLAN.names)
    while not (_is_there(sessions) and _mail_state(sessions) == "sent"):
        assert worker.poll() is None
    assert list((settings.instance_dir / "outbox").iterdir())
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0


def _write_mail(database: Engine) -> None:
    with make_sessions(database)() as session:
        mail = Mail(
            event="once",
            recipient="kim@snu.example",
            subject="Hello",
            body="One link.",
            next_attempt_at=LONG_AGO,
            created_at=LONG_AGO,
        )
        session.add(mail)
        session.commit()


def _is_there(sessions: Sessions) -> bool:
    with sessions() as session:
        return worker_is_there(session, datetime.now(UTC))


def _mail_state(sessions: Sessions) -> str:
    with sessions() as session:
        return session.exec(select(Mail.state)).one()
