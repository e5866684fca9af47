from datetime import datetime, timedelta

from sqlmodel import Session

from services.jobs import SILENT_AFTER, JobState, beat, job_state, report, worker_is_there


def test_without_a_heartbeat_there_is_no_worker(session: Session, now: datetime) -> None:
    assert not worker_is_there(session, now)


def test_a_worker_that_beat_a_moment_ago_is_there(session: Session, now: datetime) -> None:
    beat(session, now)
    assert worker_is_there(session, now + SILENT_AFTER)


def test_a_worker_that_fell_silent_is_not_waited_for(session: Session, now: datetime) -> None:
    beat(session, now)
    assert not worker_is_there(session, now + SILENT_AFTER + timedelta(seconds=1))
    beat(session, now + timedelta(minutes=1))
    assert worker_is_there(session, now + timedelta(minutes=1))


def test_a_clock_that_was_set_back_does_not_keep_a_dead_worker_alive(
    session: Session, now: datetime
) -> None:
    beat(session, now)
    assert not worker_is_there(session, now - timedelta(hours=1))


def test_work_that_never_ran_is_idle(session: Session) -> None:
    assert job_state(session, "encoding") == JobState("idle", 0, 0)


def test_the_last_report_counts(session: Session, now: datetime) -> None:
    report(session, "encoding", JobState("running", 3, 10), now)
    report(session, "encoding", JobState("failed", 4, 10, "x" * 900), now)
    assert job_state(session, "encoding") == JobState("failed", 4, 10, "x" * 300)
    assert job_state(session, "another").state == "idle"
