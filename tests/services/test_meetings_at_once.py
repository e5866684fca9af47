"""Two browsers at one moment: whoever is second sees what the first did. Nobody is booked twice."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models import EditionSession, Meeting, SessionPlace
from models.database import make_engine, make_sessions
from services.board_moves import Blocked, ChangedMeanwhile, Target, move_meeting, put_pair
from services.editions import find_edition
from services.meeting_rules import AlreadyArranged, NotNow, TimeTaken
from services.meetings import accept, cancel, propose
from services.session_places import SessionClash, sign_up
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import Scribe, workshop
from tests.services.test_round_schedule import done_round

Act = Callable[[Session], object]
REFUSED = (TimeTaken, NotNow, AlreadyArranged, Blocked, ChangedMeanwhile, SessionClash)


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


def planned_row(example: MeetingExample, slot: int) -> Meeting:
    """Put a meeting of two people on the board."""
    left, right = example.person("DE"), example.person("KR")
    pairing = done_round(example, (left, right))
    row = put_pair(
        example.make.session,
        example.edition,
        pairing,
        (left.id, right.id),
        Target(example.slot(slot)),
        NOW,
        actor_id=None,
    )
    example.make.session.commit()
    return row


def moving(example: MeetingExample, row: Meeting, slot: int) -> Act:
    number, seen, target = row.id, row.sequence, Target(example.slot(slot))
    slug = example.edition.slug

    def act(session: Session) -> object:
        edition = find_edition(session, slug)
        return move_meeting(session, Scribe(), edition, number, target, seen, NOW, actor_id=None)

    return act


def test_two_organisers_who_move_one_meeting_at_once_move_it_once(
    shared_database: str, example: MeetingExample
) -> None:
    row = planned_row(example, 0)
    acts = [moving(example, row, 1), moving(example, row, 2)]
    assert at_once(shared_database, acts) == ["changed-meanwhile", "done"]


def test_two_organisers_who_move_two_meetings_to_the_last_table_move_one(
    shared_database: str, example: MeetingExample
) -> None:
    rows = [planned_row(example, slot) for slot in (0, 1)]
    acts = [moving(example, row, 2) for row in rows]
    assert at_once(shared_database, acts) == ["blocked", "done"]


def test_who_accepts_a_meeting_and_signs_up_for_a_session_at_once_gets_one_of_the_two(
    shared_database: str, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.proposed(right, left)
    talk, place = workshop(example).id, example.place(left)

    def signing_up(session: Session) -> object:
        return sign_up(session, session.get_one(EditionSession, talk), place, NOW)

    found = at_once(shared_database, [accepting(row, left.id), signing_up])

    assert found in (["done", "session-clash"], ["done", "time-taken"])


def test_the_last_place_in_a_session_is_given_once(
    shared_database: str, example: MeetingExample
) -> None:
    talk = workshop(example).id
    places = [example.place(example.person()) for _ in range(4)]

    def signing_up(number: int) -> Act:
        place = places[number]
        return lambda session: sign_up(session, session.get_one(EditionSession, talk), place, NOW)

    assert at_once(shared_database, [signing_up(number) for number in range(4)]) == ["done"] * 4
    session = example.make.session
    session.rollback()
    states = session.exec(select(SessionPlace.state)).all()
    assert sorted(states) == ["coming", "waiting", "waiting", "waiting"]


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
