"""What a table on paper is made of: its columns, the lines of its cells, and breaking them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from web.pdf_typeface import Typeface

TEXT, SMALL = 9.5, 8.0
LEADING = 1.32


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell, which may take several; ``quiet`` is smaller and paler."""

    text: str
    quiet: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column and its share of the width."""

    label: str
    share: float


@dataclass(frozen=True, slots=True)
class TableDocument:
    """What stands around the rows.

    Parameters
    ----------
    made_at
        The date that the file bears.
    page_label
        Names a page by its number.
    """

    title: str
    language: str
    lede: Sequence[str]
    columns: Sequence[TableColumn]
    made_at: datetime
    page_label: Callable[[int], str]


Row = Sequence[Sequence[Line]]
"""The cells of a row, each with its lines."""


def wrapped(typeface: Typeface, line: Line, width: float, size: float | None = None) -> list[Line]:
    """Break a line between words, and a word that is wider than the column anywhere."""
    room = int(width * 1000 / (size or size_of(line)))
    found, now, used = [], "", 0
    for word in line.text.split():
        for piece in _pieces(typeface, word, room):
            needed = typeface.width(piece)
            space = typeface.width(" ") if now else 0
            if now and used + space + needed > room:
                found.append(now)
                now, used, space = "", 0, 0
            now, used = f"{now} {piece}" if now else piece, used + space + needed
    return [Line(text, line.quiet, line.language) for text in [*found, now] if text]


def _pieces(typeface: Typeface, word: str, room: int) -> list[str]:
    if typeface.width(word) <= room:
        return [word]
    found, now = [], ""
    for letter in word:
        if now and typeface.width(now + letter) > room:
            found.append(now)
            now = ""
        now += letter
    return [*found, now]


def size_of(line: Line) -> float:
    """Tell how large a line is set, in points."""
    return SMALL if line.quiet else TEXT


def height_of(line: Line) -> float:
    """Tell how much room a line takes, in points."""
    return size_of(line) * LEADING
