"""Calendar files are read by other programs: the same meeting, the same name, the right moment."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from services.calendar_entry import MeetingEntry
from services.calendar_file import DescribedEntry, calendar_file

BRUSSELS, SEOUL = ZoneInfo("Europe/Brussels"), ZoneInfo("Asia/Seoul")


def described(start: datetime, **given: Any) -> DescribedEntry:
    values: dict[str, Any] = {
        "meeting_id": 7,
        "uid": "abc",
        "sequence": 2,
        "start": start,
        "end": start + timedelta(minutes=20),
        "cancelled": False,
        "changed_at": datetime(2026, 11, 23, tzinfo=UTC),
        "partner": "Kim",
        "table": 3,
        "link": "",
        "zones": ("Europe/Brussels", "Asia/Seoul"),
    }
    entry = MeetingEntry(**values | given)
    words = "김나래와 만남; a, b\nand more " + "한" * 80
    return DescribedEntry(entry, words, words, "Table 3", "https://forum.example.org/meetings/7")


def read(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


@pytest.mark.parametrize(
    "local",
    [
        datetime(2027, 3, 28, 9, tzinfo=BRUSSELS),
        datetime(2026, 10, 25, 9, tzinfo=BRUSSELS),
        datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS, fold=1),
        datetime(2027, 1, 12, 17, tzinfo=SEOUL),
    ],
    ids=["clocks forward", "clocks back", "the hour that comes twice", "Seoul"],
)
def test_a_meeting_is_at_its_moment_on_every_clock(local: datetime) -> None:
    (event,) = read(calendar_file([described(local.astimezone(UTC))]))
    assert event["DTSTART"].dt == local.astimezone(UTC)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=20)
    there = event["DTSTART"].dt.astimezone(local.tzinfo)
    assert (there.hour, there.minute) == (local.hour, local.minute)


def test_a_later_version_has_the_same_name_and_a_higher_number() -> None:
    start = datetime(2027, 1, 12, 8, tzinfo=UTC)
    first, second = (described(start, sequence=number) for number in (1, 2))
    (one,), (other,) = read(calendar_file([first])), read(calendar_file([second]))
    assert one["UID"] == other["UID"] == "abc@ieum"
    assert (one["SEQUENCE"], other["SEQUENCE"]) == (1, 2)


def test_a_cancelled_meeting_says_so_and_takes_no_time() -> None:
    start = datetime(2027, 1, 12, 8, tzinfo=UTC)
    (event,) = read(calendar_file([described(start, cancelled=True)]))
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_words_of_any_script_come_out_whole_in_lines_of_75_bytes() -> None:
    one = described(datetime(2027, 1, 12, 8, tzinfo=UTC))
    text = calendar_file([one])
    (event,) = read(text)
    assert event["SUMMARY"] == one.summary
    assert event["DESCRIPTION"] == one.description
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_feed_has_a_name_and_is_looked_at_again_within_an_hour() -> None:
    text = calendar_file([], "My meetings")
    assert "X-WR-CALNAME:My meetings" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert calendar_file([], "My meetings") == text
