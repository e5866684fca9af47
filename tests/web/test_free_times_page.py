"""The grid of free time: every way works by plain forms, on both clocks, with the holidays."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from matchmaking.free_time import Span, slots
from models import Account, Availability
from services.public_holidays import Holiday
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from web.free_grid import grid_of, switched

SignIn = Callable[[Account], FlaskClient]
LENGTH = timedelta(minutes=30)
BRUSSELS, SEOUL = "Europe/Brussels", "Asia/Seoul"


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def reader(session: Session, example: MeetingExample, sign_in: SignIn) -> FlaskClient:
    person = example.person("DE")
    example.person("KR")
    return sign_in(session.get_one(Account, person.account_id))


def busy(session: Session) -> list[datetime]:
    session.commit()
    found = list(session.exec(select(Availability.starts_at).where(Availability.kind == "busy")))
    session.commit()
    return sorted(found)


def save(reader: FlaskClient, example: MeetingExample, path: str = "", **data: Any) -> str:
    answer = reader.post(
        f"/meetings/times/{example.edition.slug}{path}", data=data, follow_redirects=True
    )
    return answer.text


def test_every_slot_is_free_until_one_says_otherwise(
    reader: FlaskClient, example: MeetingExample
) -> None:
    text = reader.get(f"/meetings/times/{example.edition.slug}").text
    assert text.count('name="free"') == text.count(" checked") == 4
    assert "Beside each tick stands the hour in Seoul." in text
    assert ">10:00" in text
    assert ">18:00<" in text


def test_slots_without_a_tick_are_busy(
    session: Session, reader: FlaskClient, example: MeetingExample
) -> None:
    text = save(reader, example, free=[example.slot(0).isoformat(), example.slot(2).isoformat()])
    assert "Saved: partners see the times that you share." in text
    assert busy(session) == [example.slot(1), example.slot(3)]


def test_a_day_and_an_hour_are_switched_with_what_is_ticked_kept(
    session: Session, reader: FlaskClient, example: MeetingExample
) -> None:
    every = [example.slot(number).isoformat() for number in range(4)]
    save(reader, example, free=every, day=example.slot(0).date().isoformat())
    assert len(busy(session)) == 4
    save(reader, example, free=[], hour="10:20")
    assert busy(session) == [example.slot(0), example.slot(2), example.slot(3)]
    save(reader, example, free=["nonsense", "2026-12-23T10:00:00", *every])
    assert busy(session) == []


def test_hours_of_my_own_are_added_week_by_week_and_taken_away(
    session: Session, reader: FlaskClient, example: MeetingExample
) -> None:
    text = save(
        reader, example, "/windows", day="2026-12-01", start="09:00", end="11:00", weeks="2"
    )
    assert "09:00–11:00" in text
    assert "17:00–19:00" in text
    rows = session.exec(select(Availability).order_by(Availability.starts_at)).all()  # type: ignore[arg-type] # a column
    assert [row.starts_at for row in rows] == [
        datetime(2026, 12, 1, 8, tzinfo=UTC),
        datetime(2026, 12, 8, 8, tzinfo=UTC),
    ]
    number = rows[0].id
    session.commit()
    assert "Taken away." in save(reader, example, f"/windows/{number}/remove")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"day": ""}, "Choose a day."),
        ({"end": "08:00"}, "The end must be after the start."),
        ({"weeks": "13"}, "Choose a number from 1 to 12."),
        ({"weeks": "many"}, "Give a whole number"),
        ({"day": "2026-11-01"}, "These hours are over."),
        ({"day": "2028-11-01"}, "Choose hours within a year from now."),
        ({"start": "00:00", "end": "23:00"}, "Choose 12 hours at most."),
        ({"end": "09:10"}, "This is too short for a meeting."),
        ({"day": "2027-03-28", "start": "02:30", "end": "04:00"}, "leave this hour out"),
    ],
)
def test_hours_that_make_no_sense_are_told_beside_the_field(
    reader: FlaskClient, example: MeetingExample, data: dict[str, str], words: str
) -> None:
    given = {"day": "2026-12-01", "start": "09:00", "end": "11:00", "weeks": "1"} | data
    assert words in save(reader, example, "/windows", **given)


def test_who_takes_no_part_finds_no_grid(
    make: Factory, example: MeetingExample, sign_in: SignIn
) -> None:
    account = make.account()
    make.profile(account_id=account.id)
    reader = sign_in(account)
    assert reader.get(f"/meetings/times/{example.edition.slug}").status_code == 404


def test_the_grid_follows_the_readers_days_and_hours(app: Flask) -> None:
    evening = datetime(2027, 1, 12, 14, tzinfo=UTC)
    some = slots([Span(evening, evening + timedelta(hours=2))], LENGTH)
    with app.test_request_context():
        here = grid_of(some, set(), {}, (BRUSSELS, SEOUL), evening - LENGTH)
        there = grid_of(some, {some[0].start}, {}, (SEOUL, BRUSSELS), evening - LENGTH)
    assert len(here.columns) == 1
    assert [row.hour for row in here.rows] == ["15:00", "15:30", "16:00", "16:30"]
    # In Seoul midnight lies in between: two days, each with its own hours.
    assert [column.key for column in there.columns] == ["2027-01-12", "2027-01-13"]
    assert [row.hour for row in there.rows] == ["00:00", "00:30", "23:00", "23:30"]
    assert [cell is None for cell in there.rows[0].cells] == [True, False]
    late = there.rows[2].cells[0]
    assert late is not None
    assert (late.free, late.theirs) == (False, "15:00")


@pytest.mark.parametrize(
    ("day", "theirs"),
    [
        (date(2027, 3, 27), "17:00"),
        (date(2027, 3, 28), "16:00"),
        (date(2026, 10, 24), "16:00"),
        (date(2026, 10, 25), "17:00"),
    ],
    ids=["before summer", "summer begins", "before winter", "winter begins"],
)
def test_the_other_clock_is_right_around_the_days_of_changing_clocks(
    app: Flask, day: date, theirs: str
) -> None:
    hour = 8 if theirs == "17:00" else 7
    start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    some = slots([Span(start, start + LENGTH)], LENGTH)
    with app.test_request_context():
        (row,) = grid_of(some, set(), {}, (BRUSSELS, SEOUL), start - LENGTH).rows
    assert row.hour == "09:00"
    assert row.cells[0] is not None
    assert row.cells[0].theirs == theirs


def test_a_holiday_stands_at_its_day(app: Flask) -> None:
    start = datetime(2027, 3, 1, 8, tzinfo=UTC)
    some = slots([Span(start, start + LENGTH)], LENGTH)
    with app.test_request_context():
        holidays = {start.date(): (Holiday("KR", "Independence Movement Day"),)}
        (column,) = grid_of(some, set(), holidays, (BRUSSELS, SEOUL), start).columns
    assert column.holidays == ("Holiday in South Korea: Independence Movement Day",)


def test_switching_takes_all_away_only_when_all_are_free() -> None:
    start = datetime(2027, 1, 12, 8, tzinfo=UTC)
    some = slots([Span(start, start + timedelta(hours=1))], LENGTH)
    starts = {slot.start for slot in some}
    assert switched(some, set(), BRUSSELS, "2027-01-12", "") == starts
    assert switched(some, {start}, BRUSSELS, "2027-01-12", "") == starts
    assert switched(some, starts, BRUSSELS, "2027-01-12", "") == set()
    assert switched(some, starts, BRUSSELS, "", "09:00") == starts - {start}
