"""The lane of meetings: what is due goes into the queue, once, in the reader's language."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session, select

from app import create_app
from models import Account, Mail
from models.database import make_sessions
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from web.config import Settings
from web.jobs import LANES
from web.meeting_mails import write_about_meetings

HOUR = timedelta(hours=1)


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def worker(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app


def run(app: Flask, engine: Engine, moment: datetime) -> int:
    app.extensions["clock"] = lambda: moment
    return write_about_meetings(make_sessions(engine))


def test_the_worker_has_a_lane_for_meetings() -> None:
    assert "meetings" in LANES


def test_reminders_go_out_once_in_the_readers_language(
    worker: Flask, engine: Engine, session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    session.get_one(Account, right.account_id).language = "ko"
    row = example.agreed(left, right)
    session.commit()
    start, number = row.starts_at, row.id

    assert run(worker, engine, start - 25 * HOUR) == 0
    assert run(worker, engine, start - 24 * HOUR) == 2
    assert run(worker, engine, start - 24 * HOUR) == 0

    mails = {mail.recipient: mail for mail in session.exec(select(Mail))}
    english, korean = mails[left.email], mails[right.email]
    assert "Wednesday" in english.body.partition("\n\n")[2][:80]
    assert "10:00 in Brussels" in english.body
    assert "18:00 in Seoul" in english.body
    assert f"/meetings/{number}" in english.body
    assert right.name not in english.body
    assert korean.body.index("수요일") < korean.body.index("Wednesday")


def test_after_a_meeting_people_are_asked_and_months_later_again(
    worker: Flask, engine: Engine, session: Session, example: MeetingExample
) -> None:
    over = example.agreed(*example.pair()).ends_at
    session.commit()
    assert run(worker, engine, over + 3 * HOUR) == 2
    assert run(worker, engine, over + timedelta(days=33)) == 2
    kinds = {mail.event.partition(":")[0] for mail in session.exec(select(Mail))}
    assert kinds == {"meeting-review", "meeting-outcome"}


def test_an_installation_may_remind_nobody(
    engine: Engine, session: Session, example: MeetingExample, tmp_path: Path
) -> None:
    start = example.agreed(*example.pair()).starts_at
    session.commit()
    quiet = create_app(Settings(instance_dir=tmp_path, testing=True, reminder_hours=(0,)))
    quiet.extensions["engine"] = engine
    with quiet.app_context():
        assert run(quiet, engine, start - HOUR) == 0
        assert run(quiet, engine, start) == 0
