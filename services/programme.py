"""An edition's programme: the slots in which people meet, and how many tables each has."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matchmaking.free_time import Span, slots
from models import Edition

_USUAL_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Programme:
    """When an edition's meetings are. ``tables`` is how many at once; None where it is no limit.

    ``length`` is how long a meeting lasts, outside of the programme too.
    """

    slots: tuple[Span, ...]
    length: timedelta
    tables: int | None

    def slot_at(self, start: datetime) -> Span | None:
        """Give the slot that starts then, if one does."""
        return next((slot for slot in self.slots if slot.start == start), None)


def programme_of(edition: Edition) -> Programme:
    """Read an edition's programme; one that is not written yet has no slots."""
    given = edition.programme
    length = timedelta(minutes=given.get("slot_minutes", _USUAL_MINUTES))
    halves = [
        Span(datetime.fromisoformat(start), datetime.fromisoformat(end))
        for start, end in given.get("half_days", ())
    ]
    return Programme(slots(halves, length), length, given.get("tables"))
