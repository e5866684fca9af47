"""Places in sessions: nobody is in two places at once, and waiting lists move by themselves."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models import Participation, SessionPlace
from services.meeting_rules import TimeTaken
from services.meeting_times import free_for_both
from services.meetings import accept, cancel, propose
from services.session_list import guests_of, session_line
from services.session_places import (
    NoSignUp,
    SessionClash,
    fill_waiting,
    give_back,
    meetings_then,
    sessions_to_fill,
    sign_up,
)
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import signed_up, workshop


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


def test_whoever_signs_up_has_a_place_until_all_are_taken_and_then_waits(
    session: Session, example: MeetingExample
) -> None:
    row = workshop(example, capacity=2)
    people = [example.person() for _ in range(4)]

    states = [signed_up(example, row, one).state for one in people]

    assert states == ["coming", "coming", "waiting", "waiting"]
    line = session_line(session, row, people[2].id)
    assert (line.coming, line.waiting, line.mine, line.free) == (2, 2, "waiting", 0)
    assert [one.name for one in guests_of(session, row, limit=9)] == [one.name for one in people]


def test_signing_up_twice_is_signing_up_once(session: Session, example: MeetingExample) -> None:
    row, one = workshop(example), example.person()
    assert signed_up(example, row, one).id == signed_up(example, row, one).id


def test_a_place_that_is_given_back_goes_to_who_waits_first(
    session: Session, example: MeetingExample
) -> None:
    row = workshop(example)
    first, second, third = (example.person() for _ in range(3))
    for one in (first, second, third):
        signed_up(example, row, one)

    assert give_back(session, row, first.id, NOW) == [second.id]
    assert give_back(session, row, third.id, NOW) == []
    assert session_line(session, row, second.id).mine == "coming"


def test_who_is_in_a_meeting_then_goes_on_waiting_and_moves_up_when_it_is_cancelled(
    session: Session, example: MeetingExample
) -> None:
    row = workshop(example)
    first, third = example.person(), example.person()
    left, right = example.pair()
    signed_up(example, row, first)
    signed_up(example, row, left)
    signed_up(example, row, third)
    meeting = example.agreed(left, right)

    assert give_back(session, row, first.id, NOW) == [third.id]
    assert give_back(session, row, third.id, NOW) == []
    cancel(session, meeting.id, right.id, NOW)
    assert [one.id for one in sessions_to_fill(session, NOW)] == [row.id]
    assert fill_waiting(session, row, NOW) == [left.id]


def test_who_left_the_edition_has_no_place_any_more(
    session: Session, example: MeetingExample
) -> None:
    row = workshop(example)
    gone, waits = example.person(), example.person()
    signed_up(example, row, gone)
    signed_up(example, row, waits)
    place = session.exec(select(Participation).where(Participation.profile_id == gone.id)).one()
    session.delete(place)
    session.commit()

    assert fill_waiting(session, row, NOW) == [waits.id]
    left = session.exec(select(SessionPlace.profile_id)).all()
    assert left == [waits.id]


def test_who_has_a_place_cannot_be_booked_for_a_meeting_then(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    signed_up(example, workshop(example), right)

    with pytest.raises(TimeTaken):
        propose(session, example.place(left), right.id, example.slot(0), NOW)
    assert len(free_for_both(session, example.couple(left, right), NOW)) == 3


def test_who_waits_can_still_meet(session: Session, example: MeetingExample) -> None:
    left, right = example.pair()
    row = workshop(example)
    signed_up(example, row, example.person())
    signed_up(example, row, right)
    assert example.agreed(left, right).state == "accepted"


def test_a_proposal_is_not_accepted_while_a_session_takes_the_time(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    meeting = example.proposed(left, right)
    signed_up(example, workshop(example), right)

    with pytest.raises(TimeTaken):
        accept(session, meeting.id, right.id, NOW)


def test_who_has_a_meeting_then_is_told_which_before_signing_up(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    meeting, row = example.agreed(left, right), workshop(example)

    assert [one.id for one in meetings_then(session, row, left.id)] == [meeting.id]
    with pytest.raises(SessionClash):
        sign_up(session, row, example.place(left), NOW)


def test_nobody_comes_to_two_sessions_at_once(session: Session, example: MeetingExample) -> None:
    one = example.person()
    signed_up(example, workshop(example), one)
    other = workshop(example, starts_at=example.slot(0) + timedelta(minutes=10))
    with pytest.raises(SessionClash):
        sign_up(session, other, example.place(one), NOW)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"sign_up_until": None}, "open-to-all"),
        ({"sign_up_until": NOW - timedelta(minutes=1)}, "too-late"),
        ({"audience": "right"}, "other-side"),
    ],
)
def test_signing_up_is_refused_with_the_reason(
    session: Session, example: MeetingExample, given: dict[str, object], reason: str
) -> None:
    row = workshop(example, **given)
    with pytest.raises(NoSignUp) as found:
        sign_up(session, row, example.place(example.person("DE")), NOW)
    assert found.value.reason == reason


def test_a_place_is_not_given_back_once_the_session_has_begun(
    session: Session, example: MeetingExample
) -> None:
    row, one = workshop(example), example.person()
    signed_up(example, row, one)
    with pytest.raises(NoSignUp):
        give_back(session, row, one.id, row.starts_at)
