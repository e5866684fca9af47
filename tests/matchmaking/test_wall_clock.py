"""Hours stay what the clock on the wall shows, through the days on which it is changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.errors import BadInput
from matchmaking.wall_clock import NoSuchHour, moment, weekly

BRUSSELS, SEOUL = ZoneInfo("Europe/Brussels"), ZoneInfo("Asia/Seoul")


def test_nine_in_brussels_is_seventeen_in_seoul_in_winter_and_sixteen_in_summer() -> None:
    winter = moment(date(2027, 3, 27), time(9), BRUSSELS)
    summer = moment(date(2027, 3, 28), time(9), BRUSSELS)
    assert winter.astimezone(SEOUL).hour == 17
    assert summer.astimezone(SEOUL).hour == 16


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert moment(date(2026, 10, 25), time(2, 30), BRUSSELS) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_an_hour_that_the_clocks_leave_out_is_refused() -> None:
    with pytest.raises(NoSuchHour, match="02:30:00 on 2027-03-28"):
        moment(date(2027, 3, 28), time(2, 30), BRUSSELS)


@pytest.mark.parametrize("day", [date(2026, 10, 20), date(2027, 3, 23)], ids=["autumn", "spring"])
def test_weekly_hours_stay_the_same_on_the_wall_when_clocks_change(day: date) -> None:
    found = weekly(day, time(9), time(11), BRUSSELS, 2)
    assert [one.start.astimezone(BRUSSELS).hour for one in found] == [9, 9]
    assert {one.end - one.start for one in found} == {timedelta(hours=2)}
    seoul = [one.start.astimezone(SEOUL).hour for one in found]
    assert seoul == ([16, 17] if day.month == 10 else [17, 16])


def test_a_window_across_the_change_of_clocks_is_as_long_as_it_really_is() -> None:
    (night,) = weekly(date(2026, 10, 25), time(1), time(4), BRUSSELS, 1)
    assert night.end - night.start == timedelta(hours=4)


@pytest.mark.parametrize(
    ("start", "end", "weeks"), [(9, 9, 1), (11, 9, 1), (9, 11, 0), (9, 11, 13)]
)
def test_hours_must_end_after_they_start_and_weeks_be_few(start: int, end: int, weeks: int) -> None:
    with pytest.raises(BadInput):
        weekly(date(2027, 1, 12), time(start), time(end), SEOUL, weeks)


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.times(),
    st.sampled_from(["Europe/Brussels", "Asia/Seoul", "Europe/London", "America/Toronto"]),
)
def test_the_clock_shows_the_hour_at_the_moment_or_there_is_none(
    day: date, hour: time, name: str
) -> None:
    zone = ZoneInfo(name)
    try:
        found = moment(day, hour, zone)
    except NoSuchHour:
        return
    there = found.astimezone(zone)
    assert (there.date(), there.time()) == (day, hour)
