"""The dates of an edition: typed in on either side's clock, and following each other."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models import Edition
from services.errors import ServiceError
from services.programme import programme_of

ORDER = ("opens_at", "closes_at", "starts_at", "ends_at")


class NoSuchHour(ServiceError):
    """An hour that a clock skips on that day, because it is put forward."""

    code = "no-such-hour"


class HourTwice(ServiceError):
    """An hour that a clock shows twice on that day, because it is put back."""

    code = "hour-twice"


class DatesOutOfOrder(ServiceError):
    """A date that comes before the one that it follows; ``later`` names it."""

    code = "dates-out-of-order"

    def __init__(self, later: str) -> None:
        super().__init__(f"{later} comes before what it follows")
        self.later = later


class SlotsOutside(ServiceError):
    """Slots of the programme that would lie outside of the forum's days; ``count`` of them."""

    code = "slots-outside"

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} slots would lie outside; change the programme first")
        self.count = count


def moment(day: date, hour: time, zone: str) -> datetime:
    """Read a day and an hour from the clock of a zone.

    Raises
    ------
    NoSuchHour, HourTwice
        On the two days of a year on which a clock is changed.
    """
    there = ZoneInfo(zone)
    first = datetime.combine(day, hour, there)
    second = first.replace(fold=1)
    if first.astimezone(UTC).astimezone(there).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NoSuchHour(f"{day} has no {hour} in {zone}")
    if first.utcoffset() != second.utcoffset():
        raise HourTwice(f"{day} has {hour} twice in {zone}")
    return first.astimezone(UTC)


def moved(when: datetime, days: int, zone: str) -> datetime:
    """Move a moment by days on the clock of a zone, so that nine o'clock stays nine o'clock.

    An hour that the clock skips there becomes the one after it.
    """
    there = when.astimezone(ZoneInfo(zone))
    return (there + timedelta(days=days)).astimezone(UTC)


def check_dates(edition: Edition, wish: Mapping[str, Any]) -> None:
    """Refuse dates that do not follow each other, or leave slots of the programme outside.

    Raises
    ------
    DatesOutOfOrder, SlotsOutside
    """
    opens, closes, starts, ends = (wish[name] for name in ORDER)
    if closes <= opens:
        raise DatesOutOfOrder("closes_at")
    if starts < closes:
        raise DatesOutOfOrder("starts_at")
    if ends <= starts:
        raise DatesOutOfOrder("ends_at")
    outside = [
        slot for slot in programme_of(edition).slots if slot.start < starts or slot.end > ends
    ]
    if outside:
        raise SlotsOutside(len(outside))
