"""Tables by number: what is wanted, near, or lowest; never one that is taken."""

from datetime import UTC, datetime, timedelta

from matchmaking.schedule_seats import Seat, seated

START = datetime(2026, 12, 1, 9, tzinfo=UTC)
LATER = START + timedelta(minutes=20)


def test_the_lowest_free_table_is_given() -> None:
    seats = [Seat(START, 1), Seat(START, 2), Seat(START, 3)]
    assert seated(seats, {START: {1, 3}}, 4) == [2, 4, None]


def test_a_wanted_table_comes_before_everything_else() -> None:
    assert seated([Seat(START, 1), Seat(START, 2, wanted=1)], {}, 2) == [2, 1]


def test_who_sat_somewhere_stays_there() -> None:
    seats = [Seat(START, 1), Seat(START, 2), Seat(LATER, 2), Seat(LATER, 1)]
    assert seated(seats, {}, 2) == [1, 2, 2, 1]


def test_a_wish_that_is_taken_or_does_not_exist_is_passed_over() -> None:
    seats = [Seat(START, 1, wanted=1), Seat(START, 2, wanted=9)]
    assert seated(seats, {START: {1}}, 3) == [2, 3]
