"""Edge colouring of a bipartite graph: everybody is free, so slots are colours.

D. Konig, Uber Graphen und ihre Anwendung auf Determinantentheorie und Mengenlehre, Mathematische
Annalen 77 (1916): as many colours as the busiest person has edges are enough. Colour classes can
be evened out: D. de Werra, A note on graph coloring, RAIRO 8 (1974).
"""

from matchmaking.scorers import IntArray

_NONE = -1
_LEFT, _RIGHT = _SIDES = (0, 1)


class Colouring:
    """Meetings in `colours` colours, no two of one person in the same.

    `colour` holds each meeting's colour, `sizes` how many meetings each colour has. Takes
    O(meetings x longest alternating path) steps, in practice a few per meeting.
    """

    def __init__(self, meetings: IntArray, people: tuple[int, int], colours: int) -> None:
        self.colour = [_NONE] * len(meetings)
        self.sizes = [0] * colours
        self._ends: tuple[list[int], list[int]] = (
            meetings[:, _LEFT].tolist(),
            meetings[:, _RIGHT].tolist(),
        )
        # A set bit is a colour the person has no meeting in.
        self._open = tuple([(1 << int(colours)) - 1] * people[side] for side in _SIDES)
        self._at = tuple([[_NONE] * people[side] for _ in range(colours)] for side in _SIDES)
        for meeting, (left, right) in enumerate(zip(*self._ends, strict=True)):
            self._add(meeting, left, right)

    def _add(self, meeting: int, left: int, right: int) -> None:
        open_left, open_right = self._open[_LEFT], self._open[_RIGHT]
        common = open_left[left] & open_right[right]
        if common:
            # Taking turns keeps the colours about equally large from the start.
            turn = meeting % len(self.sizes)
            colour = _lowest(common >> turn << turn or common)
        else:
            colour, other = _lowest(open_left[left]), _lowest(open_right[right])
            # The path from the right person never reaches the left one: it enters left people by
            # `colour`, which this one lacks. After the swap both lack `colour`.
            self._swap(right, _RIGHT, colour, other)
        open_left[left] ^= 1 << colour
        open_right[right] ^= 1 << colour
        self._at[_LEFT][colour][left] = self._at[_RIGHT][colour][right] = meeting
        self.colour[meeting] = colour
        self.sizes[colour] += 1

    def _swap(self, person: int, side: int, first: int, second: int) -> None:
        """Exchange two colours along the path from a person who has `first` and lacks `second`."""
        both = 1 << first | 1 << second
        self._open[side][person] ^= both
        at, ends = self._at, self._ends
        meeting = at[side][first][person]
        at[side][first][person], at[side][second][person] = _NONE, meeting
        while meeting != _NONE:
            self.colour[meeting] = second
            self.sizes[first] -= 1
            self.sizes[second] += 1
            side = 1 - side
            person = ends[side][meeting]
            onward = at[side][second][person]
            at[side][first][person], at[side][second][person] = onward, meeting
            meeting = onward
            first, second = second, first
        self._open[side][person] ^= both

    def _gains(self, person: int, first: int, second: int) -> bool:
        """Say whether the path from a left person has a meeting more of `first` than of `second`.

        It has if it ends on the right: every other meeting on it is of `first`.
        """
        side = _LEFT
        meeting = self._at[side][first][person]
        while meeting != _NONE:
            side, first, second = 1 - side, second, first
            meeting = self._at[side][first][self._ends[side][meeting]]
        return side == _RIGHT

    def shift(self, source: int, target: int, most: int) -> int:
        """Move the surplus of one colour over another to it, up to `most`; say how many moved.

        The two colours' meetings form paths and cycles; a path with one meeting more of `source`
        starts at a left person who has `source` and lacks `target`, and is swapped whole.
        """
        moved = 0
        has, lacks = self._at[_LEFT][source], self._at[_LEFT][target]
        for person in range(len(has)):
            if moved == most:
                break
            if has[person] == _NONE or lacks[person] != _NONE:
                continue
            if self._gains(person, source, target):
                self._swap(person, _LEFT, source, target)
                moved += 1
        return moved


def _lowest(bits: int) -> int:
    """Find the lowest set bit."""
    return (bits & -bits).bit_length() - 1


def within_tables(colouring: Colouring, tables: list[int]) -> list[int] | None:
    """Give every colour a slot whose tables suffice, evening the colours out as far as it needs.

    Return the slot of each colour, or None when this way finds none. With the same number of tables
    in every slot it always finds one if the tables suffice at all.
    """
    sizes = colouring.sizes
    by_tables = sorted(range(len(tables)), key=lambda slot: (-tables[slot], slot))
    while True:
        by_size = sorted(range(len(sizes)), key=lambda colour: (-sizes[colour], colour))
        spare = [tables[s] - sizes[c] for s, c in zip(by_tables, by_size, strict=True)]
        if min(spare, default=0) >= 0:
            break
        if not _ease(colouring, by_size, spare):
            return None
    slot_of = [_NONE] * len(sizes)
    for slot, colour in zip(by_tables, by_size, strict=True):
        slot_of[colour] = slot
    return slot_of


def _ease(colouring: Colouring, by_size: list[int], spare: list[int]) -> bool:
    """Shift meetings from a crowded colour to the roomiest that takes some; say whether any did."""
    rooms = sorted((place for place in range(len(spare)) if spare[place] > 0), reverse=True)
    for over in (place for place in range(len(spare)) if spare[place] < 0):
        for room in rooms:
            most = min(spare[room], -spare[over])
            if colouring.shift(by_size[over], by_size[room], most):
                return True
    return False
