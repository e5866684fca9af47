"""A person's meetings in groups, and the number that waits for them."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models import Profile
from services.meeting_entries import entries_of, entry_of
from services.meeting_list import line_of, lines_of, waiting_count
from services.meeting_rules import may_answer
from services.meetings import cancel, decline, move
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make, slots=8, tables=None)


def count(session: Session, profile: Profile) -> int:
    return session.exec(select(waiting_count(profile.id, NOW))).one()


def groups(session: Session, profile: Profile, hours: float = 0) -> list[str]:
    moment = NOW + timedelta(hours=hours)
    return [line.group for line in lines_of(session, profile.id, moment)]


def test_a_meeting_stands_in_the_group_of_what_can_be_done_about_it(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)
    assert (groups(session, left), groups(session, right)) == (["asked"], ["waiting"])

    decline(session, row.id, right.id, NOW)
    assert groups(session, left) == ["over"]
    row = example.agreed(right, left, 1)
    assert groups(session, left) == ["over", "ahead"]
    after = (row.ends_at - NOW) / timedelta(hours=1)
    assert groups(session, left, after) == ["held", "over"]


def test_a_proposal_that_nobody_answered_is_over_when_its_time_comes(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)
    for person in (left, right):
        assert line_of(session, row, person.id, row.starts_at).group == "over"


def test_the_number_that_waits_agrees_with_the_list_for_both_in_every_state(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()

    def agree() -> None:
        for person in (left, right):
            waits = sum(
                may_answer(line.meeting, person.id, NOW)
                for line in lines_of(session, person.id, NOW)
            )
            assert count(session, person) == waits

    row = example.proposed(left, right)
    assert (count(session, left), count(session, right)) == (0, 1)
    move(session, row.id, right.id, example.slot(1), NOW)
    assert (count(session, left), count(session, right)) == (1, 0)
    agree()
    decline(session, row.id, left.id, NOW)
    agree()
    row = example.agreed(left, right, 2)
    agree()
    move(session, row.id, left.id, example.slot(3), NOW)
    assert (count(session, left), count(session, right)) == (0, 1)
    agree()
    cancel(session, row.id, right.id, NOW)
    assert (count(session, left), count(session, right)) == (0, 0)


def test_a_calendar_holds_what_is_agreed_and_what_was_but_no_mere_proposal(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    proposed = example.proposed(left, right)
    cancel(session, proposed.id, left.id, NOW)
    assert entries_of(session, left.id, NOW) == []

    row = example.agreed(left, right, 1)
    (entry,) = entries_of(session, left.id, NOW)
    assert entry == entry_of(session, row, left.id)
    assert (entry.partner, entry.cancelled) == (right.name, False)

    cancel(session, row.id, right.id, NOW)
    (gone,) = entries_of(session, left.id, NOW)
    assert (gone.uid, gone.cancelled) == (entry.uid, True)
    assert gone.sequence > entry.sequence
    assert entries_of(session, left.id, NOW + timedelta(days=200)) == []


def test_whoever_hides_their_name_is_met_by_it_all_the_same_once_both_are_interested(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair(name_native="김나래")
    row = example.agreed(left, right)
    assert line_of(session, row, left.id, NOW).partner.name_native == "김나래"
