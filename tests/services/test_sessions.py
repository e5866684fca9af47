"""Organisers write, change and cancel sessions; whoever signed up learns of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models import AuditEntry, EditionSession
from services.errors import NotFound
from services.meeting_links import BadLink
from services.session_entries import session_entries
from services.session_list import own_sessions, session_line, session_lines
from services.session_reminders import remind_of_sessions
from services.sessions import (
    PeopleClash,
    SessionOver,
    TooManyCome,
    cancel_session,
    change_session,
    find_session,
)
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import Scribe, draft, signed_up, workshop


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


def change(example: MeetingExample, row: EditionSession, write: Scribe, **given: object) -> int:
    let_wait = bool(given.pop("let_wait", False))
    return change_session(
        example.make.session,
        write,
        row,
        draft(example, **given),
        NOW,
        actor_id=None,
        let_wait=let_wait,
    )


def test_what_organisers_do_is_written_down(session: Session, example: MeetingExample) -> None:
    row = workshop(example)
    change(example, row, Scribe(), capacity=5)
    cancel_session(session, Scribe(), row, NOW, actor_id=None)

    entries = session.exec(select(AuditEntry)).all()

    assert [(one.act, one.subject, one.subject_id) for one in entries] == [
        ("created", "session", row.id),
        ("changed", "session", row.id),
        ("cancelled", "session", row.id),
    ]
    assert (entries[1].before, entries[1].after) == ({"capacity": 1}, {"capacity": 5})


def test_saving_without_a_change_tells_nobody(session: Session, example: MeetingExample) -> None:
    row, write = workshop(example), Scribe()
    signed_up(example, row, example.person())
    change(example, row, write)
    assert (write.letters, row.sequence) == ([], 0)


def test_a_new_place_is_told_to_all_and_more_places_go_to_who_waits(
    session: Session, example: MeetingExample
) -> None:
    row, write = workshop(example), Scribe()
    comes, waits = example.person(), example.person()
    signed_up(example, row, comes)
    signed_up(example, row, waits)

    change(example, row, write, capacity=2, place="Hall")

    assert write.told == [
        ("session-changed", comes.email),
        ("session-changed", waits.email),
        ("session-place", waits.email),
    ]
    assert session_line(session, row, waits.id).mine == "coming"
    assert row.sequence == 1


def test_there_are_never_fewer_places_than_people_who_come(
    session: Session, example: MeetingExample
) -> None:
    row = workshop(example, capacity=3)
    for _ in range(2):
        signed_up(example, row, example.person())
    with pytest.raises(TooManyCome) as found:
        change(example, row, Scribe(), capacity=1)
    assert found.value.coming == 2


def test_a_new_time_puts_nobody_into_two_places_at_once(
    session: Session, example: MeetingExample
) -> None:
    row, write = workshop(example), Scribe()
    left, right = example.pair()
    waits = example.person()
    signed_up(example, row, left)
    signed_up(example, row, waits)
    example.agreed(left, right, 1)
    later = {"starts_at": example.slot(1), "sign_up_until": example.slot(0)}

    with pytest.raises(PeopleClash) as found:
        change(example, row, write, **later)
    assert found.value.count == 1
    assert change(example, row, write, let_wait=True, **later) == 1

    assert session_line(session, row, left.id).mine == "waiting"
    assert session_line(session, row, waits.id).mine == "coming"
    assert ("session-place", waits.email) in write.told


def test_a_cancelled_session_frees_the_time_and_leaves_calendars(
    session: Session, example: MeetingExample
) -> None:
    row, write = workshop(example), Scribe()
    left, right = example.pair()
    signed_up(example, row, left)

    assert cancel_session(session, write, row, NOW, actor_id=None) == 1

    assert write.told == [("session-cancelled", left.email)]
    assert write.letters[0].meeting is not None
    assert write.letters[0].meeting.cancelled
    assert [entry.cancelled for entry in session_entries(session, left.id, NOW)] == [True]
    assert own_sessions(session, left.id) == []
    assert session_lines(session, example.edition.id) == []
    assert example.agreed(left, right).state == "accepted"
    with pytest.raises(SessionOver):
        cancel_session(session, write, row, NOW, actor_id=None)
    with pytest.raises(SessionOver):
        change(example, row, write, capacity=4)


def test_an_address_that_hides_where_it_leads_is_refused(example: MeetingExample) -> None:
    with pytest.raises(BadLink):
        workshop(example, link="http://example.org")


def test_a_session_of_another_edition_is_not_found(
    session: Session, example: MeetingExample, make: Factory
) -> None:
    row = workshop(example)
    with pytest.raises(NotFound):
        find_session(session, make.edition().id, row.id)


def test_one_is_reminded_once_and_of_what_stands(session: Session, example: MeetingExample) -> None:
    row, write = workshop(example), Scribe()
    one = example.person()
    signed_up(example, row, one)
    signed_up(example, row, example.person())  # waits
    before = [timedelta(hours=24), timedelta(hours=1)]
    soon = row.starts_at - timedelta(hours=2)

    assert remind_of_sessions(session, write, before, NOW) == 0
    assert remind_of_sessions(session, write, before, soon) == 1
    assert remind_of_sessions(session, write, before, soon) == 0
    assert remind_of_sessions(session, write, before, row.starts_at - timedelta(minutes=30)) == 1
    assert write.told == [("session-reminder", one.email)] * 2
    assert replace(write.letters[0], event="") == replace(write.letters[1], event="")


def test_the_list_takes_one_query_for_3_and_for_30(
    session: Session, example: MeetingExample, count_queries: object
) -> None:
    for _ in range(3):
        workshop(example)
    with count_queries() as few:  # type: ignore[operator] # a fixture
        session_lines(session, example.edition.id, 1)
    for _ in range(27):
        workshop(example)
    with count_queries() as many:  # type: ignore[operator] # a fixture
        session_lines(session, example.edition.id, 1)
    assert (few.total, many.total) == (1, 1)
