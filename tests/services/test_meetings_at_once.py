"""Two browsers at one moment: whoever is second sees what the first did. Nobody is booked twice."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models import Meeting
from models.database import make_engine, make_sessions
from services.meeting_rules import AlreadyArranged, NotNow, TimeTaken
from services.meetings import accept, cancel, propose
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example

Act = Callable[[Session], object]
REFUSED = (TimeTaken, NotNow, AlreadyArranged)


@pytest.fixture
def example(shared_database: str) -> Iterator[MeetingExample]:
    """Make people in a database that several connections share."""
    engine = make_engine(shared_database)
    with make_sessions(engine)() as session:
        yield meeting_example(Factory(session, NOW), tables=1)
    engine.dispose()


def at_once(shared_database: str, acts: list[Act]) -> list[str]:
    """Do everything at one moment, each on a connection of its own; tells what came of each."""
    engine = make_engine(shared_database)
    ready, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Act) -> None:
        with make_sessions(engine)() as session:
            ready.wait()
            try:
                act(session)
                session.commit()
            except REFUSED as error:
                session.rollback()
                outcomes[number] = error.code
            else:
                outcomes[number] = "done"

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    return sorted(outcomes)


def accepting(row: Meeting, profile_id: int) -> Act:
    number = row.id
    return lambda session: accept(session, number, profile_id, NOW)


def test_one_who_accepts_two_meetings_at_once_has_one(
    shared_database: str, example: MeetingExample
) -> None:
    left, right = example.pair()
    third = example.person("KR")
    example.interest(left, third)
    one, other = example.proposed(right, left), example.proposed(third, left)

    acts = [accepting(one, left.id), accepting(other, left.id)]

    assert at_once(shared_database, acts) == ["done", "time-taken"]


def test_the_last_table_is_given_once(shared_database: str, example: MeetingExample) -> None:
    rows = [example.proposed(*example.pair()) for _ in range(4)]

    acts = [accepting(row, row.right_id) for row in rows]

    assert at_once(shared_database, acts) == ["done", *["time-taken"] * 3]


def test_two_who_propose_to_each_other_at_once_have_one_proposal(
    shared_database: str, example: MeetingExample
) -> None:
    left, right = example.pair()
    places = [(example.place(left), right.id), (example.place(right), left.id)]
    start = example.slot(0)

    def proposing(number: int) -> Act:
        place, other = places[number]
        return lambda session: propose(session, place, other, start, NOW)

    assert at_once(shared_database, [proposing(0), proposing(1)]) == ["already-arranged", "done"]


def test_accepting_and_withdrawing_at_once_ends_in_one_of_the_two(
    shared_database: str, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)
    number = row.id

    outcomes = at_once(
        shared_database,
        [accepting(row, right.id), lambda session: cancel(session, number, left.id, NOW)],
    )

    assert outcomes in (["done", "done"], ["done", "not-now"])
    session = example.make.session
    session.rollback()
    session.expire_all()
    # Cancelled after it was accepted, or before: in no order does it stand.
    assert session.get_one(Meeting, number).state == "cancelled"


def test_the_database_itself_refuses_two_agreed_meetings_at_one_time(
    session: Session, make: Factory
) -> None:
    example = meeting_example(make)
    row = example.agreed(*example.pair())
    third = example.person("KR")
    copy = Meeting(
        uid="another",
        edition_id=row.edition_id,
        left_id=row.left_id,
        right_id=third.id,
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=5),
        state="accepted",
        created_at=NOW,
        changed_at=NOW,
    )
    session.add(copy)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    assert len(session.exec(select(col(Meeting.id))).all()) == 1
