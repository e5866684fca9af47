"""PDF files and the calendar of a schedule, read again by other programs."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from pypdf import PdfReader
from sqlmodel import Session, select

from models import Account, SchedulePrint
from models.database import make_sessions
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import signed_up, workshop
from tests.services.test_board import people, planned
from web.schedule_printing import print_schedules

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def organiser(sign_in: SignIn, make: Factory) -> FlaskClient:
    return sign_in(make.account("organiser"))


def texts(pdf: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(pdf))
    assert "/StructTreeRoot" in str(reader.trailer["/Root"])  # tagged, for who hears a page
    return [page.extract_text() for page in reader.pages]


def test_the_worker_makes_a_page_for_each_person_and_the_organiser_fetches_it(
    organiser: FlaskClient, example: MeetingExample, session: Session, app: Flask
) -> None:
    left, right = example.pair(name_native="김민수")
    example.agreed(left, right)
    signed_up(example, workshop(example, starts_at=example.slot(2)), left)
    page = f"/organise/{example.edition.slug}/schedule/prints"

    text = organiser.post(page, data={"kind": "people"}, follow_redirects=True).text
    assert "waiting for the worker" in text
    number = session.exec(select(SchedulePrint.id)).one()
    session.commit()
    assert organiser.get(f"{page}/{number}/schedule.pdf").status_code == 404
    with app.app_context():
        assert print_schedules(make_sessions(app.extensions["engine"])) == 1

    assert "Download the PDF" in organiser.get(f"{page}/{number}/progress").text
    answer = organiser.get(f"{page}/{number}/schedule.pdf")
    pages = texts(answer.data)
    assert len(pages) == 2
    mine = next(one for one in pages if "Chiplets by hand" in one)
    assert right.name in mine
    assert "김민수" in mine
    assert "Table 1" in mine


def test_tables_and_days_are_printed_too(
    organiser: FlaskClient, example: MeetingExample, session: Session, app: Flask
) -> None:
    planned(example, people(example), people(example))
    session.commit()
    page = f"/organise/{example.edition.slug}/schedule/prints"
    for kind in ("tables", "days"):
        organiser.post(page, data={"kind": kind})
    assert organiser.post(page, data={"kind": "walls"}).status_code == 400
    with app.app_context():
        assert print_schedules(make_sessions(app.extensions["engine"])) == 2
    files = session.exec(select(SchedulePrint).order_by(SchedulePrint.id)).all()  # type: ignore[arg-type] # a column
    tables, days = (texts(row.content or b"") for row in files)
    assert [("Table 1" in tables[0]), ("Table 2" in tables[1])] == [True, True]
    assert len(days) == 1


def test_a_participant_takes_their_own_schedule_along(
    example: MeetingExample, sign_in: SignIn, session: Session
) -> None:
    left, right = example.pair()
    example.agreed(left, right)
    client = sign_in(session.get_one(Account, left.account_id))
    answer = client.get(f"/editions/{example.edition.slug}/programme/mine.pdf")
    assert right.name in texts(answer.data)[0]


def test_the_calendar_of_the_edition_names_both_people(
    organiser: FlaskClient, example: MeetingExample
) -> None:
    left, right = example.pair()
    example.agreed(left, right)
    workshop(example, starts_at=example.slot(2))
    answer = organiser.get(f"/organise/{example.edition.slug}/schedule/schedule.ics")
    events = list(Calendar.from_ical(answer.data).walk("VEVENT"))
    assert [str(one["summary"]) for one in events] == [
        f"{left.name} – {right.name}",
        "Chiplets by hand",
    ]
    assert [str(one["status"]) for one in events] == ["CONFIRMED", "CONFIRMED"]
