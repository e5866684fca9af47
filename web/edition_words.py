"""An edition in the reader's language, and its moments on both sides' clocks."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, get_timezone_location
from flask import Flask

from models import Call, Edition, EditionSession, Field
from services.calendar_entry import SessionEntry
from web.locale import page_language

_KOREAN = "ko"
# Babel's short forms say "PM 11:59" in Korean, and have a month's name where Koreans write 11월.
_TIME = {"ko": "aaaa h:mm"}
_MOMENT = {"en": "d MMM y, HH:mm", "ko": "y년 M월 d일 HH:mm"}


@dataclass(frozen=True)
class Clock:
    """A moment as one side reads it on its own clock."""

    side: str
    place: str
    date: str
    time: str
    iso: str


def in_language(row: Edition | EditionSession | SessionEntry | Call | Field, name: str) -> str:
    """Read a text that a row has in both languages; English where Korean is missing."""
    english: str = getattr(row, f"{name}_en")
    korean: str = getattr(row, f"{name}_ko")
    return korean if page_language() == _KOREAN and korean else english


def edition_name(edition: Edition) -> str:
    """Name an edition."""
    return in_language(edition, "name")


def side_name(edition: Edition, side: str) -> str:
    """Name a side of an edition, such as Europe."""
    return in_language(edition, f"{side}_name")


def both_clocks(edition: Edition, moment: datetime) -> list[Clock]:
    """Tell a moment in both sides' zones, daylight saving of each included."""
    return [
        _clock(side, zone, moment)
        for side, zone in (("left", edition.left_zone), ("right", edition.right_zone))
    ]


def on_clock(edition: Edition, moment: datetime, side: str = "left") -> str:
    """Tell a moment shortly, on one side's clock."""
    return in_short(moment.astimezone(ZoneInfo(getattr(edition, f"{side}_zone"))))


def in_short(moment: datetime, zone: str = "") -> str:
    """Tell a moment shortly, on the clock of a zone, or else of its own; what is kept is in UTC."""
    language = page_language()
    moment = moment.astimezone(ZoneInfo(zone)) if zone else moment
    return str(format_datetime(moment, _MOMENT[language], locale=language))


def _clock(side: str, zone: str, moment: datetime) -> Clock:
    language = page_language()
    there = moment.astimezone(ZoneInfo(zone))
    return Clock(
        side=side,
        place=get_timezone_location(zone, locale=language, return_city=True),
        date=format_date(there.date(), "full", locale=language),
        time=format_time(there.time(), _TIME.get(language, "short"), locale=language),
        iso=there.isoformat(timespec="seconds"),
    )


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["in_language"] = in_language
    app.jinja_env.filters["edition_name"] = edition_name
    app.jinja_env.filters["side_name"] = side_name
    app.jinja_env.filters["both_clocks"] = both_clocks
    app.jinja_env.filters["on_clock"] = on_clock
    app.jinja_env.filters["moment"] = in_short
