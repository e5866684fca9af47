"""Two people meet when both are free, on the one line of moments, whatever their clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.errors import BadInput
from matchmaking.free_time import FreeTime, Span, shared_times, slots

START = datetime(2027, 1, 12, 8, tzinfo=UTC)
BRUSSELS, SEOUL = ZoneInfo("Europe/Brussels"), ZoneInfo("Asia/Seoul")
HALF_HOUR = timedelta(minutes=30)


def span(start: float, end: float) -> Span:
    """Make a stretch from so many hours after the start."""
    return Span(START + timedelta(hours=start), START + timedelta(hours=end))


def hours(found: tuple[Span, ...]) -> list[float]:
    return [(one.start - START) / timedelta(hours=1) for one in found]


def shared(mine: FreeTime, theirs: FreeTime, programme: tuple[Span, ...] = ()) -> list[float]:
    return hours(shared_times(programme, mine, theirs, length=HALF_HOUR, earliest=START))


def test_half_days_are_cut_into_slots_and_a_short_rest_is_left_out() -> None:
    halves = [span(24, 25.2), span(0, 1)]
    assert hours(slots(halves, HALF_HOUR)) == [0, 0.5, 24, 24.5]


def test_who_says_nothing_is_free_in_every_slot_of_the_programme_and_at_no_other_time() -> None:
    programme = (span(0, 0.5), span(0.5, 1))
    assert shared(FreeTime(), FreeTime(), programme) == [0, 0.5]
    assert shared(FreeTime(), FreeTime()) == []


def test_a_slot_in_which_either_is_busy_or_meets_somebody_is_not_shared() -> None:
    programme = (span(0, 0.5), span(0.5, 1), span(1, 1.5), span(2, 2.5))
    mine = FreeTime(busy=(span(0, 0.5),), taken=(span(1.2, 1.4),))
    theirs = FreeTime(busy=(span(0.5, 1),))
    assert shared(mine, theirs, programme) == [2]


def test_windows_of_their_own_are_shared_where_they_overlap() -> None:
    mine, theirs = FreeTime(windows=(span(0, 3),)), FreeTime(windows=(span(1, 2), span(2.75, 5)))
    assert shared(mine, theirs) == [1, 1.5]
    assert shared(mine, FreeTime()) == []


def test_nothing_that_has_begun_is_offered() -> None:
    programme = (span(-1, -0.5), span(-0.1, 0.4), span(0, 0.5))
    assert shared(FreeTime(), FreeTime(), programme) == [0]


@pytest.mark.parametrize(
    ("zone", "day"),
    [(BRUSSELS, datetime(2026, 10, 25)), (BRUSSELS, datetime(2027, 3, 28))],
    ids=["clocks back", "clocks forward"],
)
def test_on_a_day_of_changing_clocks_a_slot_still_lasts_as_long(
    zone: ZoneInfo, day: datetime
) -> None:
    night = Span(day.replace(hour=1, tzinfo=zone), day.replace(hour=5, tzinfo=zone))
    found = slots([night], timedelta(hours=1))
    assert all(one.end - one.start == timedelta(hours=1) for one in found)
    assert len(found) == (5 if day.month == 10 else 3)
    assert {one.start.astimezone(SEOUL).minute for one in found} == {0}


@pytest.mark.parametrize(
    ("start", "end"), [(START, START), (START, START - HALF_HOUR), (datetime(2027, 1, 1), START)]
)
def test_a_stretch_of_time_has_zones_and_ends_after_it_starts(
    start: datetime, end: datetime
) -> None:
    with pytest.raises(BadInput):
        Span(start, end)


def test_a_meeting_lasts_for_some_time() -> None:
    with pytest.raises(BadInput, match="positive"):
        slots([span(0, 1)], timedelta(0))
    with pytest.raises(BadInput, match="positive"):
        shared_times((), FreeTime(), FreeTime(), length=-HALF_HOUR, earliest=START)


quarters = st.integers(-8, 40)
spans = st.builds(
    lambda start, size: span(start / 4, (start + size) / 4), quarters, st.integers(1, 12)
)
free_times = st.builds(
    FreeTime,
    busy=st.lists(spans, max_size=4).map(tuple),
    windows=st.lists(spans, max_size=4).map(tuple),
    taken=st.lists(spans, max_size=4).map(tuple),
)
programmes = st.lists(spans, max_size=2).map(lambda some: slots(some, HALF_HOUR))


@given(programmes, free_times, free_times)
def test_both_see_the_same_times_and_both_can_come_to_each(
    programme: tuple[Span, ...], mine: FreeTime, theirs: FreeTime
) -> None:
    found = shared_times(programme, mine, theirs, length=HALF_HOUR, earliest=START)
    assert found == shared_times(programme, theirs, mine, length=HALF_HOUR, earliest=START)
    assert list(found) == sorted(set(found))
    for one in found:
        assert one.start >= START
        assert not any(one.overlaps(taken) for taken in mine.taken + theirs.taken)
        for person in (mine, theirs):
            in_programme = one in programme and not any(one.overlaps(b) for b in person.busy)
            in_window = any(w.start <= one.start and one.end <= w.end for w in person.windows)
            assert in_programme or in_window
