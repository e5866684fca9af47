"""An edition's programme: the slots in which people meet, and how many tables each has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from matchmaking.free_time import Span, slots
from models import Edition

_USUAL_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Programme:
    """When an edition's meetings are. ``tables`` is how many at once; None where it is no limit.

    ``length`` is how long a meeting lasts, outside of the programme too. ``links`` are the
    addresses of online rooms, one for each table; without them, tables are real ones.
    """

    slots: tuple[Span, ...]
    length: timedelta
    tables: int | None
    links: tuple[str, ...] = ()

    def link_at(self, table: int | None) -> str:
        """Give the address of the online room that a table is, if it is one."""
        return self.links[table - 1] if table and table <= len(self.links) else ""

    def slot_at(self, start: datetime) -> Span | None:
        """Give the slot that starts then, if one does."""
        return next((slot for slot in self.slots if slot.start == start), None)


def programme_of(edition: Edition) -> Programme:
    """Read an edition's programme; one that is not written yet has no slots."""
    return read_programme(edition.programme)


def read_programme(given: Mapping[str, Any]) -> Programme:
    """Read a programme as an edition keeps it."""
    length = timedelta(minutes=given.get("slot_minutes", _USUAL_MINUTES))
    links = tuple(given.get("links", ()))
    return Programme(slots(halves_of(given), length), length, given.get("tables"), links)


def halves_of(given: Mapping[str, Any]) -> list[Span]:
    """Read the stretches of time without a break in which a programme has its slots."""
    return [
        Span(datetime.fromisoformat(start), datetime.fromisoformat(end))
        for start, end in given.get("half_days", ())
    ]
