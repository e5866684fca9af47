"""Dates are typed in on either side's clock, right on the days on which a clock is changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session

from services.edition_dates import (
    ORDER,
    DatesOutOfOrder,
    HourTwice,
    NoSuchHour,
    SlotsOutside,
    check_dates,
    moment,
    moved,
)
from tests.factories import Factory

BRUSSELS, SEOUL = "Europe/Brussels", "Asia/Seoul"


@pytest.mark.parametrize(
    ("day", "zone", "hour"),
    [
        (date(2027, 3, 27), BRUSSELS, 8),
        (date(2027, 3, 28), BRUSSELS, 7),
        (date(2027, 10, 31), BRUSSELS, 8),
        (date(2027, 3, 28), SEOUL, 0),
    ],
)
def test_nine_o_clock_is_nine_o_clock_before_and_after_a_change(
    day: date, zone: str, hour: int
) -> None:
    assert moment(day, time(9), zone) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_an_hour_that_the_clock_skips_is_refused_in_brussels_and_taken_in_seoul() -> None:
    with pytest.raises(NoSuchHour):
        moment(date(2027, 3, 28), time(2, 30), BRUSSELS)
    assert moment(date(2027, 3, 28), time(2, 30), SEOUL).tzinfo is UTC


def test_an_hour_that_comes_twice_is_refused() -> None:
    with pytest.raises(HourTwice):
        moment(date(2027, 10, 31), time(2, 30), BRUSSELS)


def test_a_moment_moves_by_days_on_its_clock() -> None:
    winter = moment(date(2027, 3, 1), time(9), BRUSSELS)
    assert moved(winter, 60, BRUSSELS) == moment(date(2027, 4, 30), time(9), BRUSSELS)


@pytest.mark.parametrize("name", ORDER[1:])
def test_each_date_follows_the_one_before_it(
    session: Session, make: Factory, now: datetime, name: str
) -> None:
    edition = make.edition()
    dates = {one: now + timedelta(days=number) for number, one in enumerate(ORDER)}
    check_dates(edition, dates)
    with pytest.raises(DatesOutOfOrder) as refused:
        check_dates(edition, dates | {name: now - timedelta(hours=1)})
    assert refused.value.later == name


def test_slots_of_the_programme_stay_within_the_forum(make: Factory, now: datetime) -> None:
    half = [(now + timedelta(days=30)).isoformat(), (now + timedelta(days=30, hours=2)).isoformat()]
    edition = make.edition(programme={"slot_minutes": 30, "half_days": [half]})
    dates = {name: getattr(edition, name) for name in ORDER}
    check_dates(edition, dates)
    with pytest.raises(SlotsOutside) as refused:
        check_dates(edition, dates | {"starts_at": edition.starts_at + timedelta(hours=1)})
    assert refused.value.count == 2
