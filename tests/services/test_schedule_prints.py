"""Schedules on paper: what stands on them, and files that are made once and forgotten soon."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models import SchedulePrint
from services.board_entries import board_entries
from services.schedule_prints import (
    KEPT,
    SILENT,
    ask_for_print,
    claim_print,
    finish_print,
    forget_prints,
    prints_of,
    say_progress,
)
from services.schedule_sheets import all_meetings, people_with_sheets, person_sheets
from tests.conftest import NOW, Queries
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import signed_up, workshop
from tests.services.test_board import people, planned


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


def test_a_persons_sheet_has_what_they_know_of_and_no_plan(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    example.agreed(left, right)
    planned(example, people(example))
    guest = example.person()
    signed_up(example, workshop(example), guest)

    who = people_with_sheets(session, example.edition)
    sheets = {one.person.id: one for one in person_sheets(session, example.edition, who)}

    assert sheets.keys() == {left.id, right.id, guest.id}
    meeting = sheets[left.id].meetings[0]
    assert (meeting.partner_of(left.id).name, meeting.table, meeting.agreed) == (
        right.name,
        1,
        True,
    )
    assert [row.title_en for row in sheets[guest.id].sessions] == ["Chiplets by hand"]
    assert len(all_meetings(session, example.edition)) == 2


@pytest.mark.parametrize("count", [1, 6])
def test_sheets_take_the_same_queries_for_any_number_of_people(
    session: Session,
    example: MeetingExample,
    count_queries: Callable[[], AbstractContextManager[Queries]],
    count: int,
) -> None:
    for number in range(count):
        example.agreed(*example.pair(), number // 2)
    who = people_with_sheets(session, example.edition)
    with count_queries() as queries:
        assert len(person_sheets(session, example.edition, who)) == 2 * count
    assert queries.total == 3


def test_what_is_not_agreed_is_tentative_in_the_organisers_calendar(
    session: Session, example: MeetingExample
) -> None:
    example.agreed(*example.pair())
    planned(example, people(example))
    entries = board_entries(session, example.edition)
    assert sorted(entry.tentative for entry in entries) == [False, True]


def test_a_file_is_asked_for_once_made_once_and_forgotten_after_a_day(
    session: Session, example: MeetingExample
) -> None:
    one = ask_for_print(session, example.edition, "people", "ko", NOW)
    assert ask_for_print(session, example.edition, "people", "ko", NOW).id == one.id
    assert ask_for_print(session, example.edition, "people", "en", NOW).id != one.id

    assert claim_print(session, NOW) == one.id
    say_progress(session, one.id, 5, 10, NOW)
    finish_print(session, one.id, b"%PDF", NOW)
    session.expire_all()
    assert [(row.state, row.done) for row in prints_of(session, example.edition)] == [
        ("queued", 0),
        ("done", 5),
    ]
    forget_prints(session, NOW + KEPT - timedelta(minutes=1))
    assert len(prints_of(session, example.edition)) == 2
    forget_prints(session, NOW + KEPT)
    assert session.exec(select(SchedulePrint)).all() == []


def test_a_file_whose_maker_fell_silent_is_begun_again(
    session: Session, example: MeetingExample
) -> None:
    one = ask_for_print(session, example.edition, "days", "en", NOW)
    assert claim_print(session, NOW) == one.id
    assert claim_print(session, NOW + timedelta(seconds=1)) is None
    assert claim_print(session, NOW + SILENT) == one.id
