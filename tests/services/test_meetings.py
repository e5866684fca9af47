"""Meetings come about when both agree, and nobody is ever in two at once."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from models import Meeting, Profile
from services.errors import NotFound
from services.meeting_links import BadLink
from services.meeting_rules import (
    AlreadyArranged,
    NotMutual,
    NotNow,
    TimeTaken,
    may_answer,
    may_cancel,
    partner_id,
    side_of,
)
from services.meeting_times import free_for_both
from services.meetings import accept, cancel, decline, move, own_meeting, propose, set_link
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


def free_slots(session: Session, example: MeetingExample, one: Profile, other: Profile) -> int:
    return len(free_for_both(session, example.couple(one, other), NOW))


def test_a_proposal_waits_for_the_other_and_becomes_a_meeting_at_a_table(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()

    row = example.proposed(left, right)
    assert row.state == "proposed"
    assert may_answer(row, right.id, NOW)
    assert not may_answer(row, left.id, NOW)

    accept(session, row.id, right.id, NOW)
    session.refresh(row)
    assert (row.state, row.table_number) == ("accepted", 1)
    assert row.ends_at - row.starts_at == timedelta(minutes=20)
    assert not may_answer(row, right.id, NOW)


def test_either_side_may_propose(session: Session, example: MeetingExample) -> None:
    left, right = example.pair()

    row = example.proposed(right, left)

    assert (row.left_id, row.right_id) == (left.id, right.id)
    assert (side_of(row, right.id), partner_id(row, right.id)) == ("right", left.id)
    assert accept(session, row.id, left.id, NOW).state == "accepted"


def test_nobody_is_asked_who_is_not_interested_too(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.person("DE"), example.person("KR")

    with pytest.raises(NotMutual):
        propose(session, example.place(left), right.id, example.slot(0), NOW)


def test_two_people_have_one_meeting_before_them_at_a_time(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)

    with pytest.raises(AlreadyArranged) as found:
        propose(session, example.place(right), left.id, example.slot(1), NOW)

    assert found.value.meeting_id == row.id
    decline(session, row.id, right.id, NOW)
    assert example.proposed(right, left, 1).state == "proposed"


def test_a_time_outside_of_what_both_share_is_refused(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    odd = example.slot(0) + timedelta(minutes=1)

    with pytest.raises(TimeTaken):
        propose(session, example.place(left), right.id, odd, NOW)


def test_nobody_agrees_to_two_meetings_at_once(session: Session, example: MeetingExample) -> None:
    left, right = example.pair()
    third = example.person("KR")
    example.interest(left, third)
    # Both ask the same person for the same time; the first answer takes it.
    one, other = example.proposed(right, left), example.proposed(third, left)

    accept(session, one.id, left.id, NOW)
    with pytest.raises(TimeTaken):
        accept(session, other.id, left.id, NOW)


def test_who_proposes_a_time_cannot_give_it_to_somebody_else(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    third = example.person("KR")
    example.interest(left, third)
    example.proposed(left, right)

    with pytest.raises(TimeTaken):
        propose(session, example.place(left), third.id, example.slot(0), NOW)
    # Who is asked keeps the time until they answer: nobody can block another's day.
    fourth = example.person("DE")
    example.interest(fourth, right)
    assert free_slots(session, example, fourth, right) == 4


def test_a_meeting_in_another_edition_takes_the_time_too(
    session: Session, make: Factory, example: MeetingExample
) -> None:
    left, right = example.pair()
    elsewhere = meeting_example(make)
    make.participation(elsewhere.edition, left)
    partner = elsewhere.person("KR")
    elsewhere.interest(left, partner)
    elsewhere.agreed(left, partner, 1)

    assert free_slots(session, example, left, right) == 3


def test_a_slot_holds_as_many_meetings_as_there_are_tables(session: Session, make: Factory) -> None:
    example = meeting_example(make, tables=1)
    first, second = example.pair(), example.pair()
    waiting = example.proposed(*second)
    example.agreed(*first)

    with pytest.raises(TimeTaken):
        accept(session, waiting.id, second[1].id, NOW)
    assert free_slots(session, example, *second) == 3


def test_tables_are_given_lowest_first_and_are_free_again_after_a_cancellation(
    session: Session, example: MeetingExample
) -> None:
    first, second = example.agreed(*example.pair()), example.agreed(*example.pair())
    assert [first.table_number, second.table_number] == [1, 2]

    cancel(session, first.id, first.left_id, NOW)
    assert example.agreed(*example.pair()).table_number == 1


def test_an_edition_without_tables_sets_no_limit(make: Factory) -> None:
    example = meeting_example(make, tables=None)
    tables = {example.agreed(*example.pair()).table_number for _ in range(3)}
    assert tables == {None}


def test_another_time_takes_the_place_of_a_proposed_one_and_asks_back(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)

    move(session, row.id, right.id, example.slot(2), NOW)

    assert row.starts_at == example.slot(2)
    assert may_answer(row, left.id, NOW)
    assert not may_answer(row, right.id, NOW)
    accept(session, row.id, left.id, NOW)
    assert row.state == "accepted"


def test_an_agreed_time_stands_until_the_other_takes_the_new_one(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    version = row.sequence

    move(session, row.id, left.id, example.slot(3), NOW)
    assert (row.state, row.starts_at) == ("accepted", example.slot(0))
    assert may_answer(row, right.id, NOW)

    accept(session, row.id, right.id, NOW)
    assert (row.state, row.starts_at, row.wish_starts_at) == ("accepted", example.slot(3), None)
    assert row.sequence > version


def test_an_agreed_time_stays_when_the_other_says_no_to_a_new_one(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    move(session, row.id, left.id, example.slot(3), NOW)

    decline(session, row.id, right.id, NOW)

    assert (row.state, row.starts_at, row.wish_starts_at) == ("accepted", example.slot(0), None)


def test_a_wished_time_that_is_taken_meanwhile_is_refused(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    third = example.person("KR")
    example.interest(left, third)
    row = example.agreed(left, right)
    move(session, row.id, right.id, example.slot(1), NOW)
    session.commit()
    example.agreed(third, left, 1)

    with pytest.raises(TimeTaken):
        accept(session, row.id, left.id, NOW)
    session.rollback()
    assert session.get_one(Meeting, row.id).starts_at == example.slot(0)


def test_either_cancels_and_the_time_is_free_again(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    assert free_slots(session, example, left, right) == 3

    cancel(session, row.id, right.id, NOW)

    assert row.state == "cancelled"
    assert free_slots(session, example, left, right) == 4
    with pytest.raises(NotNow):
        cancel(session, row.id, left.id, NOW)


def test_a_proposal_is_taken_back_by_who_made_it_and_declined_by_the_other(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)
    assert not may_cancel(row, right.id, NOW)

    with pytest.raises(NotNow):
        decline(session, row.id, left.id, NOW)
    with pytest.raises(NotNow):
        cancel(session, row.id, right.id, NOW)
    assert cancel(session, row.id, left.id, NOW).state == "cancelled"


def test_a_proposal_lapses_when_its_time_has_come(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)
    later = example.slot(0)

    for act in (accept, decline):
        with pytest.raises(NotNow):
            act(session, row.id, right.id, later)
    with pytest.raises(NotNow):
        move(session, row.id, right.id, example.slot(3), later)
    assert propose(session, example.place(right), left.id, example.slot(2), later).id != row.id


def test_other_peoples_meetings_are_not_found(session: Session, example: MeetingExample) -> None:
    row = example.proposed(*example.pair())
    stranger = example.person()

    with pytest.raises(NotFound):
        own_meeting(session, row.id, stranger.id)
    with pytest.raises(NotFound):
        accept(session, row.id, stranger.id, NOW)


def test_a_meeting_gets_a_link_that_leads_where_it_says(
    session: Session, example: MeetingExample
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    version = row.sequence

    set_link(session, row.id, right.id, " https://meet.example.org/r/1 ", NOW)
    assert (row.link, row.sequence) == ("https://meet.example.org/r/1", version + 1)
    set_link(session, row.id, left.id, row.link, NOW)
    assert row.sequence == version + 1
    assert set_link(session, row.id, left.id, "", NOW).link == ""


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example.org",
        "javascript:alert(1)",
        "https://",
        "https://localhost",
        "https://bank.example@evil.example.org/",
        "https://[",
        "https://meet.example.org/a b",
        "https://meet.example.org/" + "a" * 500,
    ],
)
def test_what_is_no_safe_address_is_refused(
    session: Session, example: MeetingExample, link: str
) -> None:
    row = example.agreed(*example.pair())
    with pytest.raises(BadLink):
        set_link(session, row.id, row.left_id, link, NOW)


def test_only_a_meeting_to_come_has_a_link(session: Session, example: MeetingExample) -> None:
    row = example.proposed(*example.pair())
    with pytest.raises(NotNow):
        set_link(session, row.id, row.left_id, "https://meet.example.org/", NOW)
