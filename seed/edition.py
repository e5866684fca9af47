"""The demo edition, its fields, sides and calls: edition.json, calls.json, calls_real.json."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models import Call, Edition, EditionCountry, EditionField, Field, Profile
from services.wanted_roles import set_roles

_FOLDER = Path(__file__).parent
_TUESDAY = 1


def load_edition(session: Session, now: datetime) -> Edition:
    """Write the demo edition with dates relative to ``now``."""
    given = _read("edition.json")
    first = _first_day(given, now)
    days = [_half_day(half, first) for half in given["half_days"]]
    left, right = given["left"], given["right"]
    edition = Edition(
        slug=given["slug"],
        state="open",
        **{name: given[name] for name in ("name_en", "name_ko", "text_en", "text_ko")},
        **{f"left_{part}": left[part] for part in ("name_en", "name_ko", "zone")},
        **{f"right_{part}": right[part] for part in ("name_en", "name_ko", "zone")},
        opens_at=_moment(given, now, given["opens_in_days"], time(9)),
        closes_at=_moment(given, now, given["closes_in_days"], time(23, 59)),
        starts_at=min(start for start, _ in days),
        ends_at=max(end for _, end in days),
        least_partners=given["least_partners"],
        most_partners=given["most_partners"],
        programme={
            "slot_minutes": given["slot_minutes"],
            "tables": given["tables"],
            "half_days": [[start.isoformat(), end.isoformat()] for start, end in days],
        },
        created_at=now,
    )
    session.add(edition)
    session.flush()
    _load_fields(session, edition, given["fields"])
    for side in ("left", "right"):
        for country in given[side]["countries"]:
            session.add(EditionCountry(edition_id=edition.id, country=country, side=side))
    session.flush()
    return edition


def load_calls(
    session: Session, edition: Edition, people: Mapping[str, Profile], now: datetime
) -> int:
    """Write the demo calls, with deadlines relative to ``now``; gives their number.

    Parameters
    ----------
    people
        The demo people by their keys: some look for partners in a call.
    """
    calls = _read("calls.json")["calls"]
    for given in calls:
        columns = {name: given[name] for name in Call.model_fields if name in given}
        zone = ZoneInfo(edition.left_zone)
        opens, deadline = (
            datetime.combine(
                (now.astimezone(zone) + timedelta(days=given[f"{name}_in_days"])).date(), hour, zone
            )
            for name, hour in (("opens", time(9)), ("deadline", time(17)))
        )
        call = Call(edition_id=edition.id, opens_at=opens, deadline_at=deadline, **columns)
        session.add(call)
        session.flush()
        for wanted in given.get("wanted_roles", ()):
            seeker = people[wanted["person"]].id
            set_roles(session, call, seeker, wanted["roles"], wanted["side"], now)
    session.flush()
    return len(calls) + _load_real_calls(session, edition)


def _load_real_calls(session: Session, edition: Edition) -> int:
    """Write real calls, whose moments are told on their own clock; most of them have passed."""
    calls = _read("calls_real.json")["calls"]
    for given in calls:
        zone = ZoneInfo(given["zone"])
        moments = {
            name: given[name] and datetime.fromisoformat(given[name]).replace(tzinfo=zone)
            for name in ("opens_at", "deadline_at")
        }
        checked_on = date.fromisoformat(given["checked_on"])
        session.add(Call(edition_id=edition.id, **given | moments | {"checked_on": checked_on}))
    session.flush()
    return len(calls)


def _load_fields(session: Session, edition: Edition, fields: list[dict[str, str]]) -> None:
    for position, field in enumerate(fields):
        session.merge(Field(position=position, **field))
        session.flush()
        session.add(EditionField(edition_id=edition.id, field_slug=field["slug"]))


def _moment(given: dict[str, Any], now: datetime, days: int, at: time) -> datetime:
    """Find an hour of the left side's clock, so many days from now."""
    zone = ZoneInfo(given["left"]["zone"])
    day = (now.astimezone(zone) + timedelta(days=days)).date()
    return datetime.combine(day, at, zone)


def _first_day(given: dict[str, Any], now: datetime) -> date:
    """Find the first day of the event: a Tuesday, so that no half-day falls on a weekend."""
    day = _moment(given, now, given["starts_in_days"], time()).date()
    return day + timedelta(days=(_TUESDAY - day.weekday()) % 7)


def _half_day(half: dict[str, Any], first: date) -> tuple[datetime, datetime]:
    """Turn a half-day of the file, such as 09:00 to 12:00 in Brussels, into two moments."""
    zone = ZoneInfo(half["zone"])
    day = first + timedelta(days=half["day"] - 1)
    start, end = (
        datetime.strptime(f"{day} {half[name]}", "%Y-%m-%d %H:%M").replace(tzinfo=zone)
        for name in ("start", "end")
    )
    return start, end


def _read(name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))
