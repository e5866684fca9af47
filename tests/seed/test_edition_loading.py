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


def test_the_calls_belong_to_the_edition_and_say_where_they_are_from(session: Session) -> None:
    now = datetime.now(UTC)
    edition = load_edition(session, now)
    people = {person.source_key: person for person in load_people(session, edition, now)}
    assert load_calls(session, edition, people, now) == 7
    calls = session.exec(select(Call).where(Call.edition_id == edition.id)).all()
    assert all("check the call text" in call.source for call in calls)
    assert len(session.exec(select(WantedRole)).all()) == 5
    _check_demo_calls([call for call in calls if call.identifier.startswith("DEMO-")])
    _check_real_calls([call for call in calls if not call.identifier.startswith("DEMO-")])


def _check_demo_calls(calls: list[Call]) -> None:
    assert len(calls) == 3
    for call in calls:
        assert "modelled on" in call.source
        assert call.opens_at is not None
        assert call.deadline_at is not None
        assert call.opens_at < call.deadline_at
        assert call.deadline_at.astimezone(ZoneInfo("Europe/Brussels")).hour == 17


def _check_real_calls(calls: list[Call]) -> None:
    assert all(call.checked_on and call.link.startswith("https://") for call in calls)
    real = {call.identifier: call for call in calls}
    assert len(real) == 4
    assert real["QuantERA-Call-2025"].deadline_at is None
    korea = real["HORIZON-JU-SNS-2024-STREAM-B-01-06"]
    assert (korea.budget_left, korea.budget_left_currency) == (3_000_000, "EUR")
    assert (korea.budget_right, korea.budget_right_currency) == (3_000_000_000, "KRW")
    chips = real["HORIZON-JU-Chips-2024-3-RIA"]
    assert chips.deadline_at == datetime(2024, 5, 14, 15, tzinfo=UTC)


def test_the_edition_is_about_its_fields(session: Session) -> None:
    edition = load_edition(session, datetime.now(UTC))
    count = select(func.count()).where(EditionField.edition_id == edition.id)
    assert session.exec(count).one() == 4
