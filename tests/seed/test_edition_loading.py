"""The demo edition as rows: open from the first minute, on weekdays, with its sides and calls."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, func, select

from models import Call, EditionCountry, EditionField, WantedRole
from seed.edition import load_calls, load_edition
from seed.people import load_people


@pytest.mark.parametrize("days", range(7))
def test_the_demo_edition_is_open_and_meets_on_weekdays(session: Session, days: int) -> None:
    now = datetime(2026, 11, 23, 23, 30, tzinfo=UTC) + timedelta(days=days)
    edition = load_edition(session, now)
    assert edition.opens_at < now < edition.closes_at < edition.starts_at < edition.ends_at
    brussels = edition.starts_at.astimezone(ZoneInfo("Europe/Brussels"))
    assert (brussels.weekday(), brussels.hour) == (1, 9)
    assert edition.ends_at - edition.starts_at == timedelta(days=1, hours=3)


def test_half_days_keep_their_local_hours_when_the_clocks_change(session: Session) -> None:
    in_february = datetime(2027, 2, 10, tzinfo=UTC)
    edition = load_edition(session, in_february)
    halves = [
        [datetime.fromisoformat(end) for end in half] for half in edition.programme["half_days"]
    ]
    assert [start.astimezone(ZoneInfo("Europe/Brussels")).hour for start, _ in halves] == [9, 9]
    assert [end.astimezone(ZoneInfo("Europe/Brussels")).hour for _, end in halves] == [12, 12]


def test_korea_stands_on_its_own_side_though_it_is_associated_too(session: Session) -> None:
    edition = load_edition(session, datetime.now(UTC))
    rows = session.exec(select(EditionCountry).where(EditionCountry.edition_id == edition.id)).all()
    sides = {row.country: row.side for row in rows}
    assert sides["KR"] == "right"
    assert {sides[country] for country in ("DE", "CH", "NO", "GB")} == {"left"}


def test_the_calls_belong_to_the_edition_and_are_marked_as_modelled(session: Session) -> None:
    now = datetime.now(UTC)
    edition = load_edition(session, now)
    people = {person.source_key: person for person in load_people(session, edition, now)}
    assert load_calls(session, edition, people, now) == 3
    calls = session.exec(select(Call).where(Call.edition_id == edition.id)).all()
    assert all("modelled on" in call.source for call in calls)
    assert all("check the call text" in call.source for call in calls)
    assert all(call.opens_at < call.deadline_at for call in calls)
    brussels = {call.deadline_at.astimezone(ZoneInfo("Europe/Brussels")).hour for call in calls}
    assert brussels == {17}
    assert len(session.exec(select(WantedRole)).all()) == 5


def test_the_edition_is_about_its_fields(session: Session) -> None:
    edition = load_edition(session, datetime.now(UTC))
    count = select(func.count()).where(EditionField.edition_id == edition.id)
    assert session.exec(count).one() == 4
