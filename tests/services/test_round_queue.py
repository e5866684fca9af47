"""The worker takes every waiting round once, and a bad one does not stop the rest."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import Round
from models.database import SessionMaker, make_sessions
from services.round_parameters import RoundParameters
from services.round_queue import run_queued_rounds
from services.rounds import ALIVE_EVERY, claim, pairings_of, request_round
from tests.factories import Factory
from tests.services.round_example import forum, known

PARAMETERS = RoundParameters(1, 1)


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def queued(session: Session, make: Factory, now: datetime, people: bool = True) -> Round:
    edition = forum(make)[0] if people else make.edition()
    row = request_round(session, edition, PARAMETERS, now)
    session.commit()
    return row


def test_waiting_rounds_are_run_and_then_none_is_left(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    row = queued(session, make, now)
    assert run_queued_rounds(sessions, lambda: now, known) == 1
    assert run_queued_rounds(sessions, lambda: now, known) == 0
    session.refresh(row)
    assert row.state == "done"
    assert len(pairings_of(session, row)) == 3


def test_a_round_that_fails_does_not_stop_the_next(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    empty, good = queued(session, make, now, people=False), queued(session, make, now)
    assert run_queued_rounds(sessions, lambda: now, known) == 2
    session.refresh(empty)
    session.refresh(good)
    assert (empty.state, good.state) == ("failed", "done")


def test_an_error_of_the_program_is_noted_and_the_worker_lives(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    row = queued(session, make, now)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    assert run_queued_rounds(sessions, lambda: now, broken) == 1  # type: ignore[arg-type] # so
    session.refresh(row)
    assert row.state == "failed"
    assert "ZeroDivisionError" not in row.failure


def test_a_round_whose_worker_died_is_run_from_the_start(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    row = queued(session, make, now)
    claim(session, row.id, now)
    session.commit()
    later = now + 3 * ALIVE_EVERY
    assert run_queued_rounds(sessions, lambda: now + timedelta(seconds=1), known) == 0
    assert run_queued_rounds(sessions, lambda: later, known) == 1
    session.refresh(row)
    assert (row.state, len(pairings_of(session, row))) == ("done", 3)
