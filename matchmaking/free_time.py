"""Times in which two people can meet: slots of the programme, and windows that both added.

Every moment carries a time zone; all arithmetic is on the one line of moments, so that a change of
clocks on either side shifts nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

from matchmaking.errors import BadInput


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time in UTC, its end not included. Moments of any zone are taken.

    Raises
    ------
    BadInput
        When a moment has no time zone, or the end is not after the start.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise BadInput("a stretch of time needs moments with a time zone")
        # Python compares two moments of one zone by what the clock shows, which may show it twice.
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end <= self.start:
            raise BadInput(f"a stretch of time cannot end at {self.end}, before it starts")

    def overlaps(self, other: "Span") -> bool:
        """Tell whether two stretches share a moment; touching ends share none."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class FreeTime:
    """When one person can meet: in the programme but for ``busy``, and in ``windows`` of their own.

    ``taken`` are their meetings and the proposals that they made.
    """

    busy: tuple[Span, ...] = ()
    windows: tuple[Span, ...] = ()
    taken: tuple[Span, ...] = ()


def slots(half_days: Iterable[Span], length: timedelta) -> tuple[Span, ...]:
    """Cut half-days into slots of equal length, in order; a rest that is too short is left out.

    Raises
    ------
    BadInput
        When the length is not positive.
    """
    _check(length)
    return tuple(sorted(set(chain.from_iterable(_cut(half, length) for half in half_days))))


def shared_times(
    programme: Sequence[Span],
    mine: FreeTime,
    theirs: FreeTime,
    *,
    length: timedelta,
    earliest: datetime,
) -> tuple[Span, ...]:
    """List the times in which two people can meet, the earliest first.

    Parameters
    ----------
    programme
        Slots that still have a table.
    length
        How long a meeting outside of the programme lasts.
    earliest
        Nothing that begins before this moment is listed.

    Returns
    -------
    tuple of Span
        Possibly overlapping: each of them is possible, not all of them together.
    """
    _check(length)
    not_then = mine.busy + theirs.busy
    offered = [slot for slot in programme if not _meets(slot, not_then)]
    for window in _shared(mine.windows, theirs.windows):
        offered.extend(_cut(window, length))
    taken = mine.taken + theirs.taken
    free = {span for span in offered if span.start >= earliest and not _meets(span, taken)}
    return tuple(sorted(free))


def _shared(mine: Iterable[Span], theirs: Sequence[Span]) -> Iterator[Span]:
    for one in mine:
        for other in theirs:
            if one.overlaps(other):
                yield Span(max(one.start, other.start), min(one.end, other.end))


def _cut(span: Span, length: timedelta) -> Iterator[Span]:
    start = span.start
    while start + length <= span.end:
        yield Span(start, start + length)
        start += length


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _check(length: timedelta) -> None:
    if length <= timedelta(0):
        raise BadInput("a meeting must last for some time; give a positive length")
