"""Moments on both clocks, right when the clocks change; names in the reader's language."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.factories import Factory
from web.edition_words import both_clocks, edition_name, on_clock, side_name
from web.locale import speaking


@pytest.mark.parametrize(
    ("moment", "brussels", "seoul"),
    [
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "09:00:00+01:00", "17:00:00+09:00"),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), "09:00:00+02:00", "16:00:00+09:00"),
        # The last minute before and the first after Europe's clocks change, both ways.
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "01:59:00+01:00", "09:59:00+09:00"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "03:00:00+02:00", "10:00:00+09:00"),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), "02:59:00+02:00", "09:59:00+09:00"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "02:00:00+01:00", "10:00:00+09:00"),
    ],
)
def test_a_moment_is_told_in_both_zones(
    app: Flask, make: Factory, moment: datetime, brussels: str, seoul: str
) -> None:
    with app.test_request_context():
        left, right = both_clocks(make.edition(), moment)
    assert (left.side, right.side) == ("left", "right")
    assert left.iso.endswith(brussels)
    assert right.iso.endswith(seoul)


def test_each_clock_names_its_place_and_its_own_day(app: Flask, make: Factory) -> None:
    with app.test_request_context():
        left, right = both_clocks(make.edition(), datetime(2026, 12, 1, 20, 0, tzinfo=UTC))
    assert (left.place, right.place) == ("Brussels", "Seoul")
    assert left.date.startswith("Tuesday")
    assert right.date.startswith("Wednesday")


def test_names_are_english_for_an_english_reader(app: Flask, make: Factory) -> None:
    edition = make.edition(name_en="Forum", name_ko="포럼")
    with app.test_request_context():
        assert edition_name(edition) == "Forum"
        assert side_name(edition, "right") == "Korea"


def test_a_moment_in_a_table_is_told_on_one_side_s_clock(app: Flask, make: Factory) -> None:
    with app.test_request_context():
        told = on_clock(make.edition(), datetime(2026, 12, 1, 20, 5, tzinfo=UTC), "right")
    assert told == "2 Dec 2026, 05:05"


def test_a_korean_reader_is_told_moments_as_koreans_write_them(app: Flask, make: Factory) -> None:
    moment = datetime(2026, 12, 1, 20, 5, tzinfo=UTC)
    edition = make.edition(name_en="Forum", name_ko="포럼")
    with app.test_request_context(), speaking("ko"):
        left, right = both_clocks(edition, moment)
        assert (left.place, left.date, left.time) == (
            "브뤼셀",
            "2026년 12월 1일 화요일",
            "오후 9:05",
        )
        assert (right.place, right.date, right.time) == (
            "서울",
            "2026년 12월 2일 수요일",
            "오전 5:05",
        )
        assert on_clock(edition, moment, "right") == "2026년 12월 2일 05:05"
        assert edition_name(edition) == "포럼"
