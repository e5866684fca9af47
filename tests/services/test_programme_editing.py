"""The programme: days with breaks become slots, and meetings to come keep their places."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from matchmaking.free_time import Span
from models import Edition, Meeting
from services.edition_dates import moment
from services.programme import read_programme
from services.programme_checking import check_programme, renew_links
from services.programme_editing import ProgrammeRefused, days_of, make_programme, stretches
from tests.factories import Factory

BRUSSELS = "Europe/Brussels"
DAY = date(2027, 1, 12)


def span(start: int, end: int, day: date = DAY) -> Span:
    return Span(moment(day, time(start), BRUSSELS), moment(day, time(end), BRUSSELS))


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(
        starts_at=moment(DAY, time(8), BRUSSELS),
        ends_at=moment(DAY + timedelta(days=1), time(18), BRUSSELS),
        programme=make_programme([span(9, 12), span(13, 15)], 60, 2, (), "left"),
    )


def meeting(session: Session, make: Factory, edition: Edition, hour: int, **given: Any) -> Meeting:
    left, right = make.profile(edition, country="DE"), make.profile(edition, country="KR")
    slot = span(hour, hour + 1)
    values: dict[str, Any] = {
        "uid": f"meeting-{hour}-{left.id}",
        "edition_id": edition.id,
        "left_id": left.id,
        "right_id": right.id,
        "starts_at": slot.start,
        "ends_at": slot.end,
        "state": "accepted",
        "created_at": make.now,
        "changed_at": make.now,
    }
    row = Meeting(**values | given)
    session.add(row)
    session.flush()
    return row


def refused(session: Session, edition: Edition, wish: dict[str, Any], now: datetime) -> str:
    with pytest.raises(ProgrammeRefused) as error:
        check_programme(session, edition, wish, now)
    return error.value.reason


def test_breaks_are_cut_out_of_a_day() -> None:
    assert stretches(span(9, 17), [span(12, 13)]) == [span(9, 12), span(13, 17)]
    assert stretches(span(9, 17), []) == [span(9, 17)]


@pytest.mark.parametrize("wrong", [span(8, 10), span(16, 18), span(9, 10)])
def test_a_break_lies_within_the_day(wrong: Span) -> None:
    with pytest.raises(ProgrammeRefused):
        stretches(span(9, 17), [wrong])


def test_a_day_is_read_again_as_it_was_written(edition: Edition) -> None:
    (day,) = days_of(edition, BRUSSELS)
    assert (day.day, day.start.hour, day.end.hour) == (DAY, 9, 15)
    assert day.breaks == (span(12, 13),)


def test_the_other_side_reads_the_same_day_on_its_own_clock(edition: Edition) -> None:
    (day,) = days_of(edition, "Asia/Seoul")
    assert (day.start.hour, day.end.hour) == (17, 23)


def test_rooms_are_as_many_as_their_addresses() -> None:
    links = ("https://one.example", "https://two.example")
    programme = read_programme(make_programme([span(9, 10)], 30, None, links, "left"))
    assert (programme.tables, len(programme.slots)) == (2, 2)
    assert [programme.link_at(table) for table in (1, 2, 3, None)] == [*links, "", ""]


@pytest.mark.parametrize(
    ("halves", "minutes", "reason"),
    [
        ([span(9, 12), span(11, 13)], 30, "overlap"),
        ([span(7, 12)], 30, "outside"),
        ([span(9, 10)], 90, "no-slot"),
        ([span(9, 10)], 0, "no-slot"),
    ],
)
def test_a_programme_that_cannot_be_says_why(
    session: Session,
    edition: Edition,
    now: datetime,
    halves: list[Span],
    minutes: int,
    reason: str,
) -> None:
    wish = make_programme(halves, minutes, 2, (), "left")
    assert refused(session, edition, wish, now) == reason


def test_meetings_to_come_keep_their_slots_and_tables(
    session: Session, make: Factory, edition: Edition, now: datetime
) -> None:
    meeting(session, make, edition, 9, table_number=2)
    meeting(session, make, edition, 13, table_number=1)
    without_afternoon = make_programme([span(9, 12)], 60, 2, (), "left")
    with_one_table = make_programme([span(9, 12), span(13, 15)], 60, 1, (), "left")
    assert refused(session, edition, without_afternoon, now) == "meetings"
    assert refused(session, edition, with_one_table, now) == "meetings"
    check_programme(session, edition, make_programme([span(9, 15)], 60, 3, (), "left"), now)


def test_meetings_follow_the_address_of_their_room(
    session: Session, make: Factory, edition: Edition, now: datetime
) -> None:
    row = meeting(session, make, edition, 9, table_number=1)
    edition.programme = make_programme([span(9, 12)], 60, None, ("https://new.example",), "left")
    renew_links(session, edition, now)
    assert (row.link, row.sequence) == ("https://new.example", 1)
