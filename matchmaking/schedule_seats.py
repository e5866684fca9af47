"""Which of the numbered tables a meeting gets when others are taken already."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """A meeting that needs a table: when it starts, its left person, the table it would like."""

    start: datetime
    left: int
    wanted: int | None = None


def seated(
    seats: Sequence[Seat], taken: Mapping[datetime, Collection[int]], tables: int
) -> list[int | None]:
    """Give each meeting a table, numbered from 1; None where none is left.

    The wanted table comes first, then the one the left person sat at last, then the lowest.
    """
    found: list[int | None] = [None] * len(seats)
    used = defaultdict(set, {start: set(numbers) for start, numbers in taken.items()})
    for place, seat in enumerate(seats):
        if _fits(seat.wanted, used[seat.start], tables):
            found[place] = seat.wanted
            used[seat.start].add(seat.wanted or 0)
    last: dict[int, int] = {}
    for place in sorted(range(len(seats)), key=lambda number: (seats[number].start, number)):
        seat = seats[place]
        if found[place] is None:
            near = last.get(seat.left)
            free = (one for one in range(1, tables + 1) if one not in used[seat.start])
            found[place] = near if _fits(near, used[seat.start], tables) else next(free, None)
        table = found[place]
        if table is not None:
            used[seat.start].add(table)
            last[seat.left] = table
    return found


def _fits(table: int | None, used: Collection[int], tables: int) -> bool:
    return table is not None and 1 <= table <= tables and table not in used
