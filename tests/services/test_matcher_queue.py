"""What organisers ask of the matcher waits in a table until the worker does it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Edition, MatcherRun, Participation
from models.database import SessionMaker, make_sessions
from services.errors import NotFound
from services.exposure import exposure_report
from services.matcher_queue import run_matcher_work
from services.matcher_runs import (
    SILENT_AFTER,
    MatcherBusy,
    claim_run,
    find_run,
    newest_run,
    queued_runs,
    request_run,
    runs_of,
)
from tests.factories import Factory
from tests.word_encoder import encode_everybody, word_encoders


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


@pytest.fixture
def edition(make: Factory, session: Session) -> Edition:
    made = make.edition()
    for country in ("DE", "KR"):
        for text in ("quantum photon", "laser chip"):
            make.profile(made, country=country, research=text)
    encode_everybody(session)
    return made


@pytest.fixture
def work(make: Factory, session: Session, sessions: SessionMaker) -> Callable[[], int]:
    def at_work() -> int:
        session.commit()  # one connection serves the test and the worker
        done = run_matcher_work(sessions, lambda: make.now, word_encoders()[0])
        session.expire_all()
        return done

    return at_work


def test_each_kind_of_work_is_done_and_leaves_its_figures(
    make: Factory, session: Session, edition: Edition, work: Callable[[], int]
) -> None:
    ids = [row.profile_id for row in _participations(session, edition)]
    given = {"edition_id": edition.id, "pairs": [[ids[0], ids[2]]]}
    for kind in ("exposure", "calibration"):
        request_run(session, edition, kind, make.now)
    request_run(session, edition, "good-pairs", make.now, given=given)

    assert work() == 3

    for kind in ("exposure", "calibration", "good-pairs"):
        row = newest_run(session, edition, kind)
        assert row is not None
        assert (row.state, row.failure, row.finished_at) == ("done", "", make.now)
    assert exposure_report(session, edition) is not None
    assert "scale" in _result(session, edition, "calibration")
    assert _result(session, edition, "good-pairs")["affinity"]["hit1"] == 1


def test_attention_is_spread_without_anybody_asking(
    session: Session, edition: Edition, work: Callable[[], int]
) -> None:
    assert work() == 1
    assert exposure_report(session, edition) is not None
    assert work() == 0


def test_what_fails_says_why_and_the_next_is_done(
    make: Factory, session: Session, edition: Edition, work: Callable[[], int]
) -> None:
    empty = make.edition(state="draft")
    request_run(session, empty, "calibration", make.now)
    request_run(session, empty, "good-pairs", make.now, given={})
    request_run(session, edition, "exposure", make.now)
    assert work() == 3
    failed = newest_run(session, empty, "calibration")
    assert failed is not None
    assert failed.state == "failed"
    assert "Nobody takes part" in failed.failure
    broken = newest_run(session, empty, "good-pairs")
    assert broken is not None
    assert broken.failure == "The work stopped on an error in the program."


def test_the_same_is_not_asked_twice_at_once(
    make: Factory, session: Session, edition: Edition, work: Callable[[], int]
) -> None:
    first = request_run(session, edition, "exposure", make.now)
    with pytest.raises(MatcherBusy):
        request_run(session, edition, "exposure", make.now)
    work()
    second = request_run(session, edition, "exposure", make.now)
    assert [row.id for row in runs_of(session, edition, "exposure")] == [second.id, first.id]


def test_a_run_is_claimed_once_and_taken_up_again_when_its_worker_died(
    make: Factory, session: Session, edition: Edition
) -> None:
    row = request_run(session, edition, "exposure", make.now)
    assert queued_runs(session, make.now) == [row.id]
    assert claim_run(session, row.id, make.now) is True
    assert claim_run(session, row.id, make.now) is False
    assert queued_runs(session, make.now) == []
    later: datetime = make.now + SILENT_AFTER + timedelta(seconds=1)
    assert queued_runs(session, later) == [row.id]


def test_a_run_of_another_edition_is_not_found(
    make: Factory, session: Session, edition: Edition
) -> None:
    row = request_run(session, make.edition(), "exposure", make.now)
    with pytest.raises(NotFound):
        find_run(session, edition, row.id)
    assert find_run(session, session.get_one(Edition, row.edition_id), row.id) is row


def test_a_worker_that_stops_begins_nothing(
    make: Factory, session: Session, sessions: SessionMaker, edition: Edition
) -> None:
    request_run(session, edition, "exposure", make.now)
    session.commit()
    encoders = word_encoders()[0]
    assert run_matcher_work(sessions, lambda: make.now, encoders, lambda: True) == 0


def _participations(session: Session, edition: Edition) -> list[Participation]:
    query = select(Participation).where(Participation.edition_id == edition.id)
    return list(session.exec(query.order_by(col(Participation.id))))


def _result(session: Session, edition: Edition, kind: str) -> dict[str, Any]:
    row: MatcherRun | None = newest_run(session, edition, kind)
    assert row is not None
    assert row.result is not None
    return row.result
