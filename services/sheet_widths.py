"""How wide the columns of a workbook are."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from matchmaking.export_text import Cell

_NARROW, _WIDE = 10, 60
_WIDTHS: Mapping[type, int] = {datetime: 17, int: 10, float: 10}


def widths(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Choose widths by the longest of the first cells; a Korean syllable takes two places."""
    found = []
    for number, name in enumerate(header):
        cells = [row[number] for row in rows if row[number] not in (None, "")]
        longest = max([_places(name) + 3, *(_width(cell) for cell in cells)])
        found.append(min(max(longest, _NARROW), _WIDE))
    return found


def _width(cell: Cell) -> int:
    return _WIDTHS[type(cell)] if type(cell) in _WIDTHS else _places(str(cell)) + 2


def _places(text: str) -> int:
    return sum(2 if letter >= "ᄀ" else 1 for letter in text)
