"""Hours as a clock on the wall shows them, such as every Tuesday from 9 to 11 in Seoul."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from matchmaking.errors import BadInput
from matchmaking.free_time import Span

_WEEK = timedelta(days=7)
_MOST_WEEKS = 12


class NoSuchHour(BadInput):
    """An hour that the clocks leave out when they are put forward."""


def moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Find the moment at which a clock shows an hour; the first of two when it shows it twice.

    Raises
    ------
    NoSuchHour
    """
    there = datetime.combine(day, hour, zone)
    found = there.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != there.replace(tzinfo=None):
        raise NoSuchHour(f"the clocks leave out {hour} on {day}; choose another hour")
    return found


def weekly(day: date, start: time, end: time, zone: ZoneInfo, weeks: int) -> tuple[Span, ...]:
    """Give the same hours of so many weeks, the first on ``day``.

    The hours stay what the clock shows when it is put forward or back in between.

    Raises
    ------
    BadInput
        When the end is not after the start, or weeks are not 1 to 12.
    NoSuchHour
    """
    if not 1 <= weeks <= _MOST_WEEKS:
        raise BadInput(f"choose 1 to {_MOST_WEEKS} weeks, not {weeks}")
    if end <= start:
        raise BadInput("the end must be after the start")
    days = [day + number * _WEEK for number in range(weeks)]
    return tuple(Span(moment(one, start, zone), moment(one, end, zone)) for one in days)
