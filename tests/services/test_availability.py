"""When people are free: said once, in the programme by what is not, outside of it by what is."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from matchmaking.free_time import Span
from models import Participation
from services.availability import (
    BadWindow,
    add_windows,
    entered,
    free_times,
    participation_of,
    remove_window,
    set_free_slots,
)
from services.editions_joining import leave
from services.errors import NotFound
from services.programme import programme_of
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def mine(session: Session, example: MeetingExample) -> Participation:
    return participation_of(session, example.edition.id, example.person().id)


def window(start: timedelta, length: timedelta = HOUR) -> Span:
    return Span(NOW + start, NOW + start + length)


def test_who_says_nothing_is_busy_in_no_slot(
    session: Session, example: MeetingExample, mine: Participation
) -> None:
    assert entered(session, mine.id, NOW).busy == frozenset()
    assert free_times(session, example.edition.id, [mine.profile_id])[mine.profile_id].busy == ()


def test_slots_that_are_not_ticked_are_busy(
    session: Session, example: MeetingExample, mine: Participation
) -> None:
    for free in ({example.slot(1)}, {example.slot(0), example.slot(1), example.slot(3)}):
        set_free_slots(session, example.edition, mine.id, free, NOW)

    assert entered(session, mine.id, NOW).busy == {example.slot(2)}


def test_a_slot_that_has_begun_stays_as_it_was(
    session: Session, example: MeetingExample, mine: Participation
) -> None:
    later = example.slot(1) + timedelta(minutes=1)
    set_free_slots(session, example.edition, mine.id, set(), NOW)
    set_free_slots(session, example.edition, mine.id, {example.slot(2), example.slot(3)}, later)
    assert entered(session, mine.id, NOW).busy == {example.slot(0), example.slot(1)}


def test_hours_of_ones_own_are_added_replaced_and_taken_away(
    session: Session, example: MeetingExample, mine: Participation
) -> None:
    add_windows(session, example.edition, mine.id, [window(DAY), window(2 * DAY)], NOW)
    add_windows(session, example.edition, mine.id, [window(DAY, 2 * HOUR)], NOW)
    spans = [one.span for one in entered(session, mine.id, NOW).windows]
    assert spans == [window(DAY, 2 * HOUR), window(2 * DAY)]

    remove_window(session, mine.id, entered(session, mine.id, NOW).windows[0].id)
    remove_window(session, mine.id, 99)
    assert len(entered(session, mine.id, NOW).windows) == 1
    assert entered(session, mine.id, NOW + 3 * DAY).windows == ()


def test_nobody_takes_anothers_hours_away(
    session: Session, example: MeetingExample, mine: Participation
) -> None:
    other = participation_of(session, example.edition.id, example.person().id)
    add_windows(session, example.edition, mine.id, [window(DAY)], NOW)
    remove_window(session, other.id, entered(session, mine.id, NOW).windows[0].id)
    assert len(entered(session, mine.id, NOW).windows) == 1


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        (window(-2 * HOUR), "past"),
        (window(370 * DAY), "too-far"),
        (window(DAY, 13 * HOUR), "too-long"),
        (window(DAY, timedelta(minutes=10)), "too-short"),
    ],
)
def test_hours_that_make_no_sense_are_refused(
    session: Session, example: MeetingExample, mine: Participation, span: Span, reason: str
) -> None:
    with pytest.raises(BadWindow) as refused:
        add_windows(session, example.edition, mine.id, [span], NOW)
    assert refused.value.reason == reason


def test_hours_of_ones_own_are_a_hundred_at_most(
    session: Session, example: MeetingExample, mine: Participation
) -> None:
    many = [window(number * DAY) for number in range(1, 101)]
    add_windows(session, example.edition, mine.id, many, NOW)
    with pytest.raises(BadWindow) as refused:
        add_windows(session, example.edition, mine.id, [window(200 * DAY)], NOW)
    assert refused.value.reason == "too-many"


def test_leaving_an_edition_takes_what_was_entered_along(
    session: Session, example: MeetingExample
) -> None:
    person = example.person()
    place = participation_of(session, example.edition.id, person.id)
    add_windows(session, example.edition, place.id, [window(DAY)], NOW)
    leave(session, example.edition, person, NOW)

    assert free_times(session, example.edition.id, [person.id]) == {}
    with pytest.raises(NotFound):
        participation_of(session, example.edition.id, person.id)


def test_an_edition_without_a_programme_has_no_slots(make: Factory) -> None:
    programme = programme_of(make.edition())
    assert (programme.slots, programme.tables) == ((), None)
    assert programme.length == timedelta(minutes=30)


def test_a_programme_knows_its_slots_by_their_start(example: MeetingExample) -> None:
    programme = programme_of(example.edition)
    assert [slot.start for slot in programme.slots] == [example.slot(n) for n in range(4)]
    found = programme.slot_at(example.slot(1))
    assert found is not None
    assert found.end == example.slot(2)
    assert programme.slot_at(NOW) is None
